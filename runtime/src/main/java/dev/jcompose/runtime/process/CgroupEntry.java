package dev.jcompose.runtime.process;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.cgroup.Placement;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/** Forks a process into namespaces and into its cgroup. */
public final class CgroupEntry {
    private static final long CLONE_INTO_CGROUP = 0x200000000L;
    private static final int CLONE_ARGS_BYTES = 88;
    private static final int EXIT_SIGNAL_OFFSET = 32;
    private static final int CGROUP_OFFSET = 80;

    private CgroupEntry() {}

    /**
     * Adds the fork. The child is in its cgroup before the calls that follow.
     *
     * @param flags {@code CLONE_NEW*}
     * @param parentSide what the parent does, given the child's pid
     */
    public static void fork(LaunchCalls calls, Placement placement, long flags, Consumer<Argument.Result> parentSide) {
        if (placement instanceof Placement.CloneInto into) {
            calls.program().purpose("create a process in cgroup " + into.directory());
            Argument.Result cgroup =
                    calls.openat(LaunchCalls.AT_FDCWD, into.directory(), Fcntl.O_PATH | calls.oDirectory(), 0);
            ByteBuffer cloneArgs = ByteBuffer.allocate(CLONE_ARGS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            cloneArgs.putLong(0, flags | CLONE_INTO_CGROUP).putLong(EXIT_SIGNAL_OFFSET, Sched.SIGCHLD);
            Argument.Data structure =
                    calls.program().bytes(cloneArgs.array(), "{flags 0x" + Long.toHexString(flags) + "}");
            calls.program().store(cgroup, structure, CGROUP_OFFSET);
            calls.program().fork(Syscall.CLONE3, List.of(structure, Argument.number(CLONE_ARGS_BYTES)), parentSide);
        } else if (placement instanceof Placement.TaskFiles tasks) {
            calls.program().purpose("create a process");
            calls.program().fork(Syscall.CLONE, List.of(Argument.number(flags | Sched.SIGCHLD)), parentSide);
            for (String path : tasks.paths()) {
                calls.program().purpose("enter the cgroup by " + path);
                calls.write(calls.openat(LaunchCalls.AT_FDCWD, path, Fcntl.O_WRONLY, 0), "0");
            }
        }
    }
}
