package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Sched;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;

/** The {@code /dev/shm} that belongs to an ipc namespace that a container joins, as a detached mount. */
public final class SharedMemory {
    private static final String PATH = "/dev/shm";

    private SharedMemory() {}

    /** The host's. */
    public static Argument ofHost(LaunchCalls calls) {
        return copy(calls);
    }

    /** That of the container that {@code pidfd} is a process of: looked up in its mount namespace, for a moment. */
    public static Argument ofProcess(LaunchCalls calls, Argument pidfd) {
        calls.program().purpose("share /dev/shm of another container");
        Argument own = calls.openat(LaunchCalls.AT_FDCWD, "/proc/self/ns/mnt", Fcntl.O_RDONLY, 0);
        calls.setns(pidfd, Sched.CLONE_NEWNS);
        Argument copy = copy(calls);
        calls.setns(own, Sched.CLONE_NEWNS);
        return copy;
    }

    private static Argument copy(LaunchCalls calls) {
        calls.program().purpose("share " + PATH);
        Argument tree = calls.openTree(LaunchCalls.AT_FDCWD, PATH, Mount.OPEN_TREE_CLONE);
        calls.mountSetattr(tree, false, 0, Mount.MS_PRIVATE);
        return tree;
    }
}
