package dev.jcompose.runtime;

import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fd;
import java.io.IOException;
import java.util.Optional;

/** A further process in a container. Closing it closes descriptors; without a terminal the process goes on. */
public final class ExecProcess implements AutoCloseable {

    ExecProcess() {}

    /** In the engine's pid namespace. */
    public int pid() {
        throw new UnsupportedOperationException();
    }

    /** Readable ({@code EPOLLIN}) once the process has ended and {@link #exit} tells how. */
    public Fd exitFd() {
        throw new UnsupportedOperationException();
    }

    /** How it ended; empty while it runs. */
    public Optional<ExitStatus> exit() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Sends it a signal; nothing happens when it has ended. */
    public void signal(int signal) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * The master side of its terminal, blocking, closed with this object: what is written there is its input, its output is
     * read there, until {@code EIO} says that it was closed. Empty without a terminal.
     */
    public Optional<Fd> terminal() {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets the size of its terminal, which tells the process by {@code SIGWINCH}.
     *
     * @throws IllegalStateException without a terminal
     */
    public void resize(int rows, int columns) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
