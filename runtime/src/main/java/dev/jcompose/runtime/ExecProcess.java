package dev.jcompose.runtime;

import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.runtime.container.ContainerExit;
import dev.jcompose.runtime.stdio.WindowSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A further process in a container. Closing it closes descriptors; without a terminal the process goes on. Thread-safe.
 */
public final class ExecProcess implements AutoCloseable {
    private final Linux linux;
    private final int pid;
    private final Fd exitFd;
    private final @Nullable Fd pidfd;
    private final Fd statusPipe;
    private final @Nullable Fd terminal;
    private @Nullable ExitStatus exit;

    /**
     * Takes over the descriptors.
     *
     * @param exitFd the monitor's pidfd
     * @param pidfd null if the process is gone already
     * @param statusPipe where the monitor writes a {@code siginfo_t}
     */
    ExecProcess(Linux linux, int pid, Fd exitFd, @Nullable Fd pidfd, Fd statusPipe, @Nullable Fd terminal) {
        this.linux = linux;
        this.pid = pid;
        this.exitFd = exitFd;
        this.pidfd = pidfd;
        this.statusPipe = statusPipe;
        this.terminal = terminal;
    }

    /** In the engine's pid namespace. */
    public int pid() {
        return pid;
    }

    /** Readable ({@code EPOLLIN}) once the process has ended and {@link #exit} tells how. Closed with this object. */
    public Fd exitFd() {
        return exitFd;
    }

    /** How it ended; empty while it runs. */
    public synchronized Optional<ExitStatus> exit() throws IOException {
        if (exit == null && linux.events().poll(exitFd, EventCalls.EPOLLIN, 0)) {
            linux.processes().reap(exitFd);
            ByteBuffer siginfo =
                    ByteBuffer.allocateDirect(ExitStatus.SIGINFO_BYTES).order(ByteOrder.nativeOrder());
            // Nothing comes if someone killed the monitor.
            exit = linux.files().read(statusPipe, siginfo) == ExitStatus.SIGINFO_BYTES
                    ? ExitStatus.ofSiginfo(siginfo)
                    : ContainerExit.UNKNOWN;
        }
        return Optional.ofNullable(exit);
    }

    /** Sends it a signal; nothing happens when it has ended. */
    public void signal(int signal) throws IOException {
        if (pidfd != null) {
            linux.processes().signal(pidfd, signal);
        }
    }

    /**
     * The master side of its terminal, blocking, closed with this object: what is written there is its input, its
     * output is read there, until {@code EIO} says that it was closed. Empty without a terminal.
     */
    public Optional<Fd> terminal() {
        return Optional.ofNullable(terminal);
    }

    /**
     * Sets the size of its terminal, which tells the process by {@code SIGWINCH}.
     *
     * @throws IllegalStateException without a terminal
     */
    public void resize(int rows, int columns) throws IOException {
        if (terminal == null) {
            throw new IllegalStateException("process " + pid + " has no terminal");
        }
        new WindowSize(rows, columns).set(linux.files(), terminal);
    }

    @Override
    public void close() {
        exitFd.close();
        statusPipe.close();
        if (pidfd != null) {
            pidfd.close();
        }
        if (terminal != null) {
            terminal.close();
        }
    }
}
