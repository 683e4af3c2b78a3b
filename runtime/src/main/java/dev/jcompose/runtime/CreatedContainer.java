package dev.jcompose.runtime;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.runtime.container.ContainerProcess;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container that waits at the gate. End it with {@link #start} or {@link #abort}. Not thread-safe. */
public final class CreatedContainer {
    private static final Logger log = LoggerFactory.getLogger(CreatedContainer.class);

    private static final long ROOT_POLL_MILLIS = 20;

    private final Linux linux;
    private final StartingProcess starting;
    private final EngineEnds ends;
    private final ContainerFiles files;
    private final ContainerProcess process;

    CreatedContainer(Linux linux, StartingProcess starting, EngineEnds ends, ContainerFiles files) throws IOException {
        this.linux = linux;
        this.starting = starting;
        this.ends = ends;
        this.files = files;
        this.process = starting.identity();
    }

    /** The container's first process, in the engine's pid namespace. */
    public int pid() {
        return process.pid();
    }

    /** What to write down, so that another engine finds the container again. */
    public ContainerProcess process() {
        return process;
    }

    /**
     * Opens the gate; returns when execve(2) of the container's command succeeded.
     *
     * @throws LaunchException naming the step that failed; everything is undone then
     */
    public RunningContainer start() throws LaunchException {
        try {
            open();
            starting.awaitExec();
            if (starting.isMonitorGone() && files.exit().isEmpty()) {
                throw new LaunchException(
                        "cannot start " + starting.what() + ": the process that was to watch over it was killed",
                        LaunchException.FAILED);
            }
            return RunningContainer.started(
                    linux, process, starting.monitorPidfd(), starting.pidfd().orElse(null), ends.input(), files);
        } catch (LaunchException e) {
            abort();
            throw e;
        } catch (IOException e) {
            abort();
            throw new LaunchException("cannot start process " + pid() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The root directory of a container that {@link dev.jcompose.runtime.container.ContainerSpec#announced announces}
     * itself, with everything that is mounted there; opened with {@code O_PATH}, and closed by the caller. Resolve what
     * is in it with {@code RESOLVE_IN_ROOT} only.
     *
     * @throws LaunchException naming the step of its set-up that failed; everything is undone then
     */
    public Fd openRoot() throws IOException {
        try (Fd announcement = files.fifos().openStdout()) {
            while (!linux.events().poll(announcement, EventCalls.EPOLLIN, ROOT_POLL_MILLIS)) {
                if (!starting.isAlive()) {
                    throw abort().orElseGet(() ->
                            new LaunchException("process " + pid() + " has ended", LaunchException.FAILED));
                }
            }
            return linux.files().openat(null, "/proc/" + pid() + "/root", Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0);
        }
    }

    private void open() throws IOException {
        try (Fd gate = ends.gate()) {
            linux.files().writeFully(gate, new byte[] {1});
        } catch (ErrnoException e) {
            // A process that failed before the gate has closed its end, and what it reported says more.
            log.debug("nobody waits at the gate of process {}", pid(), e);
        }
    }

    /**
     * Kills the container before it began, and undoes everything.
     *
     * @return what its process had failed with, or that it was killed, while it prepared itself; empty when it was well
     */
    public Optional<LaunchException> abort() {
        Optional<LaunchException> failure = starting.kill();
        ends.close();
        starting.destroy();
        try {
            files.delete();
        } catch (IOException e) {
            log.warn("cannot remove what is left of {}", files.runDirectory(), e);
        }
        return failure;
    }
}
