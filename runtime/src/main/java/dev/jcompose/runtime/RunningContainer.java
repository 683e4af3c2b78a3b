package dev.jcompose.runtime;

import dev.jcompose.linux.Fd;
import dev.jcompose.runtime.container.ContainerExit;
import dev.jcompose.runtime.container.ContainerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A container that was started, and may have ended. Closing it closes descriptors and leaves the container alone. */
public final class RunningContainer implements AutoCloseable {

    RunningContainer() {}

    /** What another engine needs to find it again. */
    public ContainerProcess process() {
        throw new UnsupportedOperationException();
    }

    /** Readable ({@code EPOLLIN}) once the container has ended and {@link #exit} tells how. */
    public Fd exitFd() {
        throw new UnsupportedOperationException();
    }

    /** How it ended; empty while it runs. */
    public Optional<ContainerExit> exit() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Sends a signal to the first process; nothing happens when it has ended. */
    public void signal(int signal) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Kills all its processes, also paused ones. Does not wait. */
    public void kill() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Stops all its processes until {@link #resume}. */
    public void pause() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Lets them go on. */
    public void resume() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** All its processes, in the engine's pid namespace. */
    public List<Integer> pids() throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * A non-blocking read end of its standard output, which the caller closes. The FIFO is there before the container
     * starts and keeps what nobody has read yet.
     */
    public Fd openStdout() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Likewise, of its standard error. */
    public Fd openStderr() throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Where the monitor saved what was still in the output FIFO when the container ended: it follows what was read from
     * the FIFO. The file is empty or absent when there was nothing.
     */
    public Path stdoutRest() {
        throw new UnsupportedOperationException();
    }

    /** Likewise, for standard error. */
    public Path stderrRest() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
