package dev.jcompose.runtime;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.runtime.cgroup.CgroupStats;
import dev.jcompose.runtime.cgroup.ContainerCgroup;
import dev.jcompose.runtime.container.ContainerExit;
import dev.jcompose.runtime.container.ContainerProcess;
import dev.jcompose.runtime.stdio.ContainerTerminal;
import dev.jcompose.runtime.stdio.OutputFifos;
import dev.jcompose.runtime.stdio.WindowSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container that was started, and may have ended. Closing it closes descriptors and leaves the container alone.
 * Thread-safe.
 */
public final class RunningContainer implements AutoCloseable {
    private static final long TIOCVHANGUP = 0x5437;

    private final Linux linux;
    private final ContainerProcess process;
    private final Fd exitFd;
    private final @Nullable Fd pidfd;
    private final @Nullable Fd input;
    private final ContainerFiles files;
    private @Nullable ContainerExit exit;

    private RunningContainer(
            Linux linux,
            ContainerProcess process,
            Fd exitFd,
            @Nullable Fd pidfd,
            @Nullable Fd input,
            ContainerFiles files) {
        this.linux = linux;
        this.process = process;
        this.exitFd = exitFd;
        this.pidfd = pidfd;
        this.input = input;
        this.files = files;
    }

    /**
     * A container whose descriptors are known.
     *
     * @param pidfd null when its process is gone
     * @param input keeps its standard input from ending; null if nothing needs to
     */
    static RunningContainer started(
            Linux linux,
            ContainerProcess process,
            Fd monitorPidfd,
            @Nullable Fd pidfd,
            @Nullable Fd input,
            ContainerFiles files) {
        return new RunningContainer(linux, process, monitorPidfd, pidfd, input, files);
    }

    /** A container that another engine started. */
    static RunningContainer find(Linux linux, ContainerProcess process, ContainerFiles files) throws IOException {
        @Nullable
        Fd own = new ProcessIdentity(process.pid(), process.startTimeTicks())
                .open(linux)
                .orElse(null);
        Optional<Fd> monitor = new ProcessIdentity(process.monitorPid(), process.monitorStartTimeTicks()).open(linux);
        if (monitor.isPresent()) {
            return new RunningContainer(linux, process, monitor.get(), own, null, files);
        }
        // Someone killed the monitor: the container itself is all there is to wait for.
        Fd exitFd = own == null ? readable(linux) : linux.files().duplicate(own, 0);
        return new RunningContainer(linux, process, exitFd, own, null, files);
    }

    private static Fd readable(Linux linux) throws ErrnoException {
        Fd event = linux.events().eventfd();
        linux.files()
                .writeFully(
                        event,
                        ByteBuffer.allocate(Long.BYTES)
                                .order(ByteOrder.nativeOrder())
                                .putLong(1)
                                .array());
        return event;
    }

    /** What another engine needs to find it again. */
    public ContainerProcess process() {
        return process;
    }

    /** Readable ({@code EPOLLIN}) once the container has ended and {@link #exit} tells how. Closed with this object. */
    public Fd exitFd() {
        return exitFd;
    }

    /**
     * How it ended; empty while it runs. If someone killed the monitor under this engine's eyes, the container is
     * killed as well: nobody would learn of its end.
     */
    public synchronized Optional<ContainerExit> exit() throws IOException {
        if (exit == null && linux.events().poll(exitFd, EventCalls.EPOLLIN, 0)) {
            reap();
            if (files.exit().isEmpty()) {
                files.cgroup().killAll();
            }
            boolean oomKilled = files.cgroup().oomKills() > 0;
            exit = files.exit()
                    .map(saved -> new ContainerExit(saved.status(), oomKilled, saved.at()))
                    .orElseGet(() -> new ContainerExit(ContainerExit.UNKNOWN, oomKilled, Instant.now()));
        }
        return Optional.ofNullable(exit);
    }

    private void reap() throws ErrnoException {
        try {
            linux.processes().reap(exitFd);
        } catch (ErrnoException e) {
            // Not this engine's child, or no process at all.
            if (!e.is(Errno.ECHILD) && !e.is(Errno.EBADF)) {
                throw e;
            }
        }
    }

    /** Sends a signal to the first process; nothing happens when it has ended. */
    public void signal(int signal) throws IOException {
        if (pidfd != null) {
            linux.processes().signal(pidfd, signal);
        }
    }

    /** Kills all its processes, also paused ones. Does not wait. */
    public void kill() throws IOException {
        files.cgroup().killAll();
    }

    /** Stops all its processes until {@link #resume}. */
    public void pause() throws IOException {
        files.cgroup().pause();
    }

    /** Lets them go on. */
    public void resume() throws IOException {
        files.cgroup().resume();
    }

    /** Whether it is paused. */
    public boolean isPaused() throws IOException {
        return files.cgroup().isPaused();
    }

    /** All its processes, in the engine's pid namespace. */
    public List<Integer> pids() throws IOException {
        return files.cgroup().pids();
    }

    /** What it uses now. */
    public CgroupStats stats() throws IOException {
        return files.cgroup().stats();
    }

    /**
     * A non-blocking read end of its standard output, which the caller closes. The FIFO is there before the container
     * starts and keeps what nobody has read yet.
     */
    public Fd openStdout() throws IOException {
        return files.fifos().openStdout();
    }

    /** A write end of its standard output, for what it writes to a terminal; the caller closes it. */
    public Fd openStdoutForWriting() throws IOException {
        return files.fifos().openStdoutForContainer();
    }

    /** As {@link #openStdout}, of its standard error. */
    public Fd openStderr() throws IOException {
        return files.fifos().openStderr();
    }

    /**
     * Where the monitor saved what was still in the output FIFO when the container ended: it follows what was read from
     * the FIFO. The file is empty or absent when there was nothing.
     */
    public Path stdoutRest() {
        return files.runDirectory().resolve(OutputFifos.STDOUT_REST);
    }

    /** Likewise, for standard error. */
    public Path stderrRest() {
        return files.runDirectory().resolve(OutputFifos.STDERR_REST);
    }

    /**
     * The master side of its terminal, which the caller closes: what is written there is its input, its output is read
     * there instead of from the FIFOs. Also another engine can have it, for the monitor keeps it open.
     *
     * @throws IOException if the container has no terminal, or its monitor is gone
     */
    public Fd openTerminal() throws IOException {
        return linux.processes().pidfdGetfd(exitFd, ContainerProgram.TERMINAL_FD);
    }

    /** Gives its terminal a size; its foreground processes get {@code SIGWINCH}. */
    public void resizeTerminal(WindowSize size) throws IOException {
        try (Fd terminal = openTerminal()) {
            size.set(linux.files(), terminal);
        }
    }

    /**
     * What hangs up a terminal that nobody holds: who reads from it finds its end, who writes to it fails, and its
     * session gets {@code SIGHUP}.
     */
    public void hangUp() throws IOException {
        try (Fd terminal = openTerminal();
                Fd slave = ContainerTerminal.openSlave(linux.files(), terminal)) {
            linux.files().ioctl(slave, TIOCVHANGUP, 0);
        }
    }

    /**
     * A non-blocking write end of its standard input, which the caller closes.
     *
     * @throws IOException if it reads from a terminal or from nothing
     */
    public Fd openStdin() throws IOException {
        return files.input().openForWriting();
    }

    /**
     * With {@link dev.jcompose.runtime.container.StandardInput#ONCE}, lets its standard input end when no other has it
     * open.
     */
    public void endStdin() {
        if (input != null) {
            input.close();
        }
    }

    /**
     * Its root directory, with everything that is mounted there, opened with {@code O_PATH}; the caller closes it.
     * Resolve what is in it with {@code RESOLVE_IN_ROOT} only.
     *
     * @throws IOException if it has ended
     */
    public Fd openRoot() throws IOException {
        Fd root = linux.files().openat(null, "/proc/" + process.pid() + "/root", Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0);
        try (Fd own = duplicatePidfd()) {
            // If the pidfd's process is still there, the number was not given to another one.
            linux.processes().pidfdSendSignal(own, 0);
            return root;
        } catch (IOException e) {
            root.close();
            throw e;
        }
    }

    /** Its cgroup, for a further process. */
    ContainerCgroup cgroup() {
        return files.cgroup();
    }

    /**
     * A pidfd of its first process, which the caller closes.
     *
     * @throws IOException if that has ended
     */
    Fd duplicatePidfd() throws IOException {
        if (pidfd == null) {
            throw new IOException("the container is not running");
        }
        return linux.files().duplicate(pidfd, 0);
    }

    @Override
    public void close() {
        exitFd.close();
        endStdin();
        if (pidfd != null) {
            pidfd.close();
        }
    }
}
