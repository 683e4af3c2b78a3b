package dev.jcompose.runtime.process;

import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;

/**
 * The parent's side of a launch program: a process of a few KB that reports its child's pid, waits until the child has
 * ended, and writes down how. So an exit status outlives the engine, and another engine can wait for the container.
 */
public final class Monitor {
    private static final int P_PID = 1;
    private static final int WEXITED = 4;
    private static final int SPLICE_F_NONBLOCK = 2;
    private static final long PIPE_MAX_BYTES = 1 << 20;
    private static final int TERMINAL_ROUNDS = 20;

    private final LaunchCalls calls;
    private final Argument.Result pid;

    public Monitor(LaunchCalls calls, Argument.Result pid) {
        this.calls = calls;
        this.pid = pid;
    }

    /** Tells the engine the child's pid. */
    public void reportPid() {
        calls.program().purpose("report the pid");
        calls.program().report(pid, 1);
    }

    /** Closes a range of descriptors, so that the monitor does not keep the other ends waiting. */
    public void close(int first, int last) {
        calls.closeRange(first, last, 0);
    }

    /** Closes all descriptors from {@code first} on. */
    public void closeFrom(int first) {
        calls.closeFrom(first);
    }

    /**
     * Receives the master of the child's terminal over a socket, and keeps it at {@code target}; there is none if the
     * child fails before. All descriptors below {@code childSocket} are open.
     */
    public void receiveTerminal(int childSocket, int socket, int target) {
        calls.program().purpose("receive the terminal");
        close(childSocket, childSocket);
        OwnTerminal.receive(calls, socket, childSocket, target);
    }

    /** Waits for the child, and returns its {@code siginfo_t}. */
    public Argument.Data await() {
        calls.program().purpose("wait for the process");
        Argument.Data siginfo = calls.program().buffer(ExitStatus.SIGINFO_BYTES, "siginfo");
        calls.program()
                .call(
                        Syscall.WAITID,
                        Argument.number(P_PID),
                        pid,
                        siginfo,
                        Argument.number(WEXITED),
                        Argument.number(0));
        return siginfo;
    }

    /** Moves what nobody has read from a FIFO into a file of {@code directory}: with the last writer it would go. */
    public void saveRest(int fifo, Argument directory, String name) {
        Argument file = calls.tryOpenat(directory, name, Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_TRUNC, 0600);
        splice(Argument.number(fifo), file);
    }

    /**
     * Moves what nobody has read from a terminal into a FIFO and from there into a file of {@code directory}, as
     * {@link #saveRest}. The kernel gives at most 4 KiB at once, and keeps some 64 KiB.
     */
    public void saveTerminal(int terminal, int fifo, Argument directory, String name) {
        Argument file = calls.tryOpenat(directory, name, Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_TRUNC, 0600);
        // All of it into the FIFO first: an engine that reads there must not find what belongs behind the file's end.
        for (int i = 0; i < TERMINAL_ROUNDS; i++) {
            splice(Argument.number(terminal), Argument.number(fifo));
        }
        splice(Argument.number(fifo), file);
        // When no engine runs, the FIFO may have been full.
        for (int i = 0; i < TERMINAL_ROUNDS; i++) {
            splice(Argument.number(terminal), Argument.number(fifo));
            splice(Argument.number(fifo), file);
        }
    }

    private void splice(Argument from, Argument to) {
        calls.program()
                .tryCall(
                        Syscall.SPLICE,
                        from,
                        Argument.number(0),
                        to,
                        Argument.number(0),
                        Argument.number(PIPE_MAX_BYTES),
                        Argument.number(SPLICE_F_NONBLOCK));
    }

    /** Writes a {@code siginfo_t} to a file that appears whole or not at all. */
    public void save(Argument.Data siginfo, Argument directory, String name) {
        calls.program().purpose("save the exit status");
        String temporary = name + ".tmp";
        Argument file = calls.openat(directory, temporary, Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_TRUNC, 0600);
        write(siginfo, file);
        calls.program()
                .call(
                        Syscall.RENAMEAT2,
                        directory,
                        calls.string(temporary),
                        directory,
                        calls.string(name),
                        Argument.number(0));
    }

    /** Writes a {@code siginfo_t} to a descriptor. */
    public void write(Argument.Data siginfo, Argument file) {
        calls.program().call(Syscall.WRITE, file, siginfo, Argument.number(ExitStatus.SIGINFO_BYTES));
    }
}
