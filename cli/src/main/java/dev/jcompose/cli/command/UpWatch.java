package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.watch.ProjectWatch;
import dev.jcompose.cli.watch.WatchException;
import dev.jcompose.cli.watch.WatchOutput;
import dev.jcompose.cli.watch.WatchRules;
import dev.jcompose.model.load.LoadResult;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watching beside an {@code up} in the foreground, on a thread of its own, that can be switched on and off. */
final class UpWatch {
    private static final String HOW = "see https://docs.docker.com/compose/how-tos/file-watch/";

    private final Session session;
    private final LoadResult loaded;
    private final Set<String> services;
    private final boolean builds;
    private final boolean quiet;
    private @Nullable Thread thread;
    private @Nullable ProjectWatch watch;

    /**
     * Watches nothing yet.
     *
     * @param services on the command line; empty for all
     */
    UpWatch(Session session, LoadResult loaded, Set<String> services, BuildOptions build) {
        this.session = session;
        this.loaded = loaded;
        this.services = services;
        this.builds = !build.noBuild;
        this.quiet = build.quietBuild;
    }

    /** @throws CommandException if there is nothing to watch, or a rule cannot work */
    void check() {
        if (rules().isEmpty()) {
            throw new CommandException("none of the selected services is configured for watch, " + HOW);
        }
    }

    private WatchRules rules() {
        try {
            return WatchRules.of(loaded.project(), services, builds, session::warn);
        } catch (WatchException e) {
            throw session.refusal(e.path(), String.valueOf(e.getMessage()));
        }
    }

    synchronized boolean isOn() {
        return thread != null;
    }

    /** Whether containers are being changed now. */
    synchronized boolean isActing() {
        return watch != null && watch.isActing();
    }

    /** Waits until what is being done is done. */
    void awaitIdle() throws InterruptedException {
        while (isActing()) {
            Thread.sleep(20);
        }
    }

    /** Begins, unless it is on; what goes wrong is told to {@code output}. */
    synchronized void start(WatchOutput output) {
        if (thread != null) {
            return;
        }
        WatchRules rules = rules();
        if (rules.isEmpty()) {
            output.warn("Watch is not yet configured. To enable it, " + HOW);
            return;
        }
        ProjectWatch begun = new ProjectWatch(
                loaded.project(),
                rules,
                session::engine,
                new WatchRebuild(session, loaded, output, quiet, true),
                output);
        watch = begun;
        thread = new Thread(() -> run(begun, output), "watch-project");
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("try") // the lock is there to be closed
    private void run(ProjectWatch begun, WatchOutput output) {
        try (WatchLock lock = WatchLock.take(session, loaded.project().name())) {
            begun.run();
        } catch (WatchException | CommandException e) {
            output.warn("Watch disabled with errors: " + e.getMessage());
        } finally {
            ended(begun);
        }
    }

    private synchronized void ended(ProjectWatch over) {
        if (watch == over) {
            watch = null;
            thread = null;
        }
    }

    /** Ends it, if it is on. */
    void stop() {
        Thread running;
        synchronized (this) {
            running = thread;
            thread = null;
            watch = null;
        }
        if (running != null) {
            running.interrupt();
        }
    }
}
