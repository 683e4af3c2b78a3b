package dev.jcompose.runtime.process;

import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An init process between a container's namespaces and its command: the launch program itself, which stays, reaps what
 * nobody waits for and sends signals on. Processes without handlers for SIGTERM end by it then, as they do elsewhere.
 */
public final class InitProcess {
    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_BYTES = 8;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int TIOCSPGRP = 0x5410;
    private static final int FIRST_NOT_A_STREAM = 3;

    private InitProcess() {}

    /**
     * Adds the fork; the calls that follow are the command's. It is in a process group of its own, as it is where a
     * shell has started it, which is the terminal's foreground group if there is one: Ctrl-C reaches it once.
     */
    public static void addTo(LaunchCalls calls, boolean terminal) {
        calls.program().purpose("begin an init process");
        mask(calls, -1L, "all signals");
        calls.program().forkUnderInit(List.of(Argument.number(Sched.SIGCHLD)), pid -> {
            // It reaps the container's orphans also where it is not their pid namespace's first process.
            calls.prctl(PR_SET_CHILD_SUBREAPER, 1);
            calls.closeFrom(FIRST_NOT_A_STREAM);
        });
        Argument zero = Argument.number(0);
        calls.program().call(Syscall.SETPGID, zero, zero);
        if (terminal) {
            Argument.Data group = calls.program().bytes(new byte[Long.BYTES], "process group");
            calls.program().store(calls.program().call(Syscall.GETPID), group, 0);
            calls.program().call(Syscall.IOCTL, zero, Argument.number(TIOCSPGRP), group);
        }
        mask(calls, 0, "no signals");
    }

    private static void mask(LaunchCalls calls, long signals, String description) {
        byte[] set = ByteBuffer.allocate(SIGSET_BYTES).putLong(signals).array();
        calls.program()
                .call(
                        Syscall.RT_SIGPROCMASK,
                        Argument.number(SIG_SETMASK),
                        calls.program().bytes(set, description),
                        Argument.number(0),
                        Argument.number(SIGSET_BYTES));
    }
}
