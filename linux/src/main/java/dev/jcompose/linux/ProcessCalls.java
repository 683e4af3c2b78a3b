package dev.jcompose.linux;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Processes and namespaces. */
public final class ProcessCalls extends Calls {
    private static final int P_PIDFD = 3;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;

    ProcessCalls(Kernel kernel) {
        super(kernel);
    }

    /**
     * unshare(2): moves the <em>calling thread</em> into new namespaces. Use a thread of its own that ends afterwards,
     * never one of a pool or an event loop.
     *
     * @param flags bitwise or of {@code CLONE_NEW*}; {@code CLONE_NEWUSER} always fails, since the JVM has many threads
     */
    public void unshare(int flags) throws ErrnoException {
        check(() -> hex(flags), Syscall.UNSHARE, flags, 0, 0);
    }

    /** setns(2): moves the <em>calling thread</em>; the same rule as for {@link #unshare}. */
    public void setns(Fd namespaceOrPidfd, int flags) throws ErrnoException {
        check(() -> namespaceOrPidfd + ", " + hex(flags), Syscall.SETNS, namespaceOrPidfd.number(), flags, 0);
    }

    /** pidfd_open(2); {@code ESRCH} when there is no such process any more. */
    public Fd pidfdOpen(int pid) throws ErrnoException {
        return fd(check(() -> Integer.toString(pid), Syscall.PIDFD_OPEN, pid, 0, 0));
    }

    /** pidfd_getfd(2): a duplicate of a descriptor of another process. */
    public Fd pidfdGetfd(Fd pidfd, int number) throws ErrnoException {
        return fd(check(() -> pidfd + ", " + number, Syscall.PIDFD_GETFD, pidfd.number(), number, 0));
    }

    /** pidfd_send_signal(2); signal 0 only asks whether the process is there. */
    public void pidfdSendSignal(Fd pidfd, int signal) throws ErrnoException {
        check(() -> pidfd + ", signal " + signal, Syscall.PIDFD_SEND_SIGNAL, pidfd.number(), signal, 0);
    }

    /** pidfd_send_signal(2) to a process that may have ended: nothing happens then. */
    public void signal(Fd pidfd, int signal) throws ErrnoException {
        try {
            pidfdSendSignal(pidfd, signal);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
        }
    }

    /** waitid(2) on a child's pidfd: its status when it has ended, after which it is reaped; empty while it runs. */
    public Optional<ExitStatus> reap(Fd pidfd) throws ErrnoException {
        return waitid(pidfd, WEXITED | WNOHANG);
    }

    /** waitid(2) on a child's pidfd: blocks until it ends, and reaps it. */
    public ExitStatus await(Fd pidfd) throws ErrnoException {
        return waitid(pidfd, WEXITED).orElseThrow();
    }

    /** kill(2). Prefer {@link #pidfdSendSignal}: a number may belong to another process by now. */
    public void kill(int pid, int signal) throws ErrnoException {
        check(() -> pid + ", " + signal, Syscall.KILL, pid, signal, 0);
    }

    /** setsid(2): a session of its own for this process, so that the terminal's signals do not reach it. */
    public void setsid() throws ErrnoException {
        check(() -> "", Syscall.SETSID, 0, 0, 0);
    }

    private Optional<ExitStatus> waitid(Fd pidfd, int options) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer siginfo = scratch.buffer(ExitStatus.SIGINFO_BYTES);
            check(
                    () -> "P_PIDFD, " + pidfd,
                    Syscall.WAITID,
                    P_PIDFD,
                    pidfd.number(),
                    Scratch.address(siginfo),
                    options,
                    0,
                    0);
            // With WNOHANG and nothing to report, the kernel succeeds and leaves si_signo at 0.
            return siginfo.getInt(0) == 0 ? Optional.empty() : Optional.of(ExitStatus.ofSiginfo(siginfo));
        }
    }
}
