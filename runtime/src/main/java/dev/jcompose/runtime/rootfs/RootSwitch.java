package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;

/**
 * Makes the new root the root of the mount namespace and lets go of the old one.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pivot_root.2.html">pivot_root(2), the notes on {@code "."}</a>
 */
public final class RootSwitch {
    private RootSwitch() {}

    /** Keeps mounts of this namespace from reaching the host; mounts of the host still reach slave mounts. */
    public static void isolate(LaunchCalls calls) {
        calls.program().purpose("isolate the mount namespace");
        calls.mount("", "/", null, Mount.MS_REC | Mount.MS_SLAVE, null);
    }

    /** Adds the change of root; afterwards no path leads to the host's files. */
    public static void addTo(LaunchCalls calls, ContainerRoot root) {
        calls.program().purpose("change the root");
        Argument old = calls.openat(LaunchCalls.AT_FDCWD, "/", Fcntl.O_PATH | calls.oDirectory(), 0);
        calls.fchdir(root.descriptor());
        Argument here = calls.string(".");
        calls.program().call(Syscall.PIVOT_ROOT, here, here);
        // The new root now lies over the old one: go back to that, and unmount it from there.
        calls.fchdir(old);
        calls.mount("", ".", null, Mount.MS_REC | Mount.MS_SLAVE, null);
        calls.umount2(".", Mount.MNT_DETACH);
        calls.chdir("/");
    }
}
