package dev.jcompose.runtime;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.runtime.container.ContainerProcess;
import dev.jcompose.runtime.launch.LaunchReport;
import dev.jcompose.runtime.launch.LaunchedProgram;
import dev.jcompose.runtime.process.Command;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that a launch program is making: first its monitor, then itself, until it executes its command. Not
 * thread-safe.
 */
final class StartingProcess {
    private static final Logger log = LoggerFactory.getLogger(StartingProcess.class);

    private final Linux linux;
    private final LaunchedProgram launched;
    private final String what;
    private final String command;
    private final Fd monitorPidfd;
    private final Deque<LaunchReport> pending = new ArrayDeque<>();
    private int pid;
    private @Nullable Fd pidfd;
    private boolean ready;

    /**
     * Takes over a program that was just started, and closes it in the end.
     *
     * @param what for messages, for example {@code container 1f2e}
     * @param command what it is to execute
     */
    StartingProcess(Linux linux, LaunchedProgram launched, String what, String command) throws ErrnoException {
        this.linux = linux;
        this.launched = launched;
        this.what = what;
        this.command = command;
        // Nobody else waits for the monitor, so its number is its own until then.
        this.monitorPidfd = linux.processes().pidfdOpen(launched.pid());
    }

    /** Waits until the process exists. */
    void awaitPid() throws IOException {
        List<LaunchReport> failures = new ArrayList<>();
        while (pid == 0) {
            List<LaunchReport> reports = new ArrayList<>();
            if (!read(reports)) {
                throw failures.isEmpty() ? killed() : failure(failures);
            }
            for (LaunchReport report : reports) {
                if (report.errno() == 0) {
                    pid = (int) report.result();
                } else {
                    // The child may have failed before its parent has told that it exists.
                    failures.add(report);
                }
            }
        }
        pending.addAll(failures);
        pidfd = openPidfd();
    }

    /** Reads what the program reports next; false when it reports no more. */
    private boolean read(List<LaunchReport> reports) throws IOException {
        List<LaunchReport> next = launched.awaitReports();
        for (LaunchReport report : next) {
            if (Command.isReady(launched.program().syscall(report), report.errno())) {
                ready = true;
            } else {
                reports.add(report);
            }
        }
        return !next.isEmpty();
    }

    private LaunchException killed() {
        return new LaunchException(
                "cannot start " + what + ": its process was killed before it could execute \"" + command + "\"",
                LaunchException.FAILED);
    }

    private @Nullable Fd openPidfd() throws ErrnoException {
        try {
            return linux.processes().pidfdOpen(pid);
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                return null;
            }
            throw e;
        }
    }

    /** Whether the process has not ended. */
    boolean isAlive() throws ErrnoException {
        return pidfd != null && !linux.events().poll(pidfd, EventCalls.EPOLLIN, 0);
    }

    int pid() {
        return pid;
    }

    /** Whether the monitor has ended. */
    boolean isMonitorGone() throws ErrnoException {
        return linux.events().poll(monitorPidfd, EventCalls.EPOLLIN, 0);
    }

    /** What is started, for messages. */
    String what() {
        return what;
    }

    /**
     * Who the two processes are; to be asked while the process waits.
     *
     * @throws LaunchException if it has failed already
     */
    ContainerProcess identity() throws IOException {
        try {
            ProcessIdentity own = ProcessIdentity.of(pid);
            ProcessIdentity monitor = ProcessIdentity.of(launched.pid());
            return new ContainerProcess(own.pid(), own.startTimeTicks(), monitor.pid(), monitor.startTimeTicks());
        } catch (IOException e) {
            // It is gone: what it reported says why.
            awaitExec();
            throw e;
        }
    }

    /**
     * Waits until the process executes its command.
     *
     * @throws LaunchException if it fails before
     */
    void awaitExec() throws IOException {
        awaitLastReport();
        if (!ready) {
            throw killed();
        }
    }

    private void awaitLastReport() throws IOException {
        List<LaunchReport> reports = new ArrayList<>(pending);
        launched.awaitEnd();
        boolean more = true;
        while (more) {
            more = read(reports);
        }
        launched.close();
        if (!reports.isEmpty()) {
            throw failure(reports);
        }
    }

    private LaunchException failure(List<LaunchReport> reports) {
        return LaunchFailure.of(what, launched.program(), command, reports);
    }

    /** The monitor's pidfd, which the caller closes. */
    Fd monitorPidfd() {
        return monitorPidfd;
    }

    /** The process's pidfd, which the caller closes; empty if it was gone when it was to be opened. */
    Optional<Fd> pidfd() {
        return Optional.ofNullable(pidfd);
    }

    /** Kills the process; gives what it had failed with before, or that somebody else has killed it. */
    Optional<LaunchException> kill() {
        try (Fd process = pidfd == null ? null : linux.files().duplicate(pidfd, 0)) {
            boolean alive = !ProcessIdentity.isEnding(pid);
            linux.processes().signal(process == null ? monitorPidfd : process, Sched.SIGKILL);
            awaitLastReport();
            return alive || ready ? Optional.empty() : Optional.of(killed());
        } catch (LaunchException e) {
            return Optional.of(e);
        } catch (IOException | IllegalStateException e) {
            // Its reports have been read already, or cannot be: then there is nothing to tell.
            log.debug("{} was to be killed", what, e);
            return Optional.empty();
        }
    }

    /** Kills the process, waits for the monitor, and closes everything. */
    void destroy() {
        try (launched;
                Fd monitor = monitorPidfd;
                Fd process = pidfd) {
            linux.processes().signal(process == null ? monitor : process, Sched.SIGKILL);
            linux.processes().await(monitor);
        } catch (ErrnoException e) {
            throw new IllegalStateException("cannot wait for the monitor of " + what, e);
        }
    }
}
