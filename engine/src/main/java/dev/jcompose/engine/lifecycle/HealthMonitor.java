package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.assemble.ExecAssembler;
import dev.jcompose.engine.assemble.HealthPlans;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.exec.CheckRun;
import dev.jcompose.engine.supervise.HealthPlan;
import dev.jcompose.engine.supervise.HealthProgress;
import dev.jcompose.engine.supervise.HealthStatus;
import dev.jcompose.images.Image;
import dev.jcompose.runtime.RunningContainer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the health of running containers checked, from each start to its end. */
public final class HealthMonitor {
    private static final int KEPT_RESULTS = 5;

    private final CheckRun checks;
    private final ImageLookup images;
    private final Executor workers;
    private final ScheduledExecutorService timers;
    private final Clock clock;
    private final HealthMemory memory;
    private final ExecEvents events;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    /** Of containers that have ended: what their last checks said may be why. */
    private final Map<String, List<CheckRun.Result>> lastResults = new ConcurrentHashMap<>();

    public HealthMonitor(
            CheckRun checks,
            ImageLookup images,
            Executor workers,
            ScheduledExecutorService timers,
            Clock clock,
            HealthMemory memory,
            ExecEvents events) {
        this.events = events;
        this.memory = memory;
        this.checks = checks;
        this.images = images;
        this.workers = workers;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * Begins to check a container that has started, or goes on with what the engine before this one knew of the same
     * start.
     *
     * @param onChange is told when its health has become another; must not block
     * @return its health now; {@link HealthStatus#NONE} when it has no check
     */
    HealthStatus begin(
            Container container, RunningContainer running, @Nullable Instant startedAt, Consumer<HealthStatus> onChange)
            throws IOException {
        Optional<HealthPlan> plan = HealthPlans.of(container.service(), images.config(container));
        forget(container);
        if (plan.isEmpty()) {
            return HealthStatus.NONE;
        }
        Watch watch = new Watch(
                container,
                running,
                images.of(container),
                plan.get(),
                startedAt == null ? clock.instant() : startedAt,
                onChange);
        watches.put(container.config().id(), watch);
        HealthStatus known = watch.status();
        watch.schedule();
        return known;
    }

    /** The container has ended: no more checks. */
    void end(Container container) {
        Watch watch = watches.remove(container.config().id());
        if (watch != null) {
            watch.stop();
            lastResults.put(container.config().id(), watch.results());
        }
    }

    /** Forgets what is known of a container that has ended. */
    void forget(Container container) {
        lastResults.remove(container.config().id());
    }

    /** The last results of a container's checks, the oldest first: for messages about why it is not healthy. */
    public List<CheckRun.Result> results(Container container) {
        Watch watch = watches.get(container.config().id());
        return watch == null ? lastResults.getOrDefault(container.config().id(), List.of()) : watch.results();
    }

    private final class Watch {
        private final Container container;
        private final RunningContainer running;
        private final Image image;
        private final HealthPlan plan;
        private final Consumer<HealthStatus> onChange;
        private final Instant startedAt;
        private final HealthProgress progress;
        private final Deque<CheckRun.Result> results = new ArrayDeque<>();
        private @Nullable ScheduledFuture<?> timer;
        private boolean stopped;

        private Watch(
                Container container,
                RunningContainer running,
                Image image,
                HealthPlan plan,
                Instant startedAt,
                Consumer<HealthStatus> onChange) {
            this.container = container;
            this.running = running;
            this.image = image;
            this.plan = plan;
            this.onChange = onChange;
            this.startedAt = startedAt;
            HealthMemory.Known known = memory.find(container, startedAt).orElse(null);
            if (known == null) {
                this.progress = new HealthProgress(plan, clock.instant());
            } else {
                this.progress = HealthProgress.resumed(
                        plan, startedAt, known.status(), known.failuresInARow(), clock.instant());
                results.addAll(known.results());
            }
        }

        private synchronized HealthStatus status() {
            return progress.status();
        }

        private synchronized List<CheckRun.Result> results() {
            return List.copyOf(results);
        }

        private synchronized void stop() {
            stopped = true;
            if (timer != null) {
                timer.cancel(false);
            }
        }

        private synchronized void schedule() {
            if (!stopped) {
                long pause = Duration.between(clock.instant(), progress.due()).toMillis();
                timer = timers.schedule(() -> workers.execute(this::check), Math.max(0, pause), TimeUnit.MILLISECONDS);
            }
        }

        private void check() {
            synchronized (this) {
                if (stopped) {
                    return;
                }
                if (isFrozen()) {
                    checkLater();
                    return;
                }
            }
            Instant begun = clock.instant();
            try {
                ExecEvents.One told = events.created(container, plan.command());
                CompletableFuture<CheckRun.Result> ended =
                        checks.start(running, ExecAssembler.check(container, image, plan.command()), plan.timeout());
                told.started();
                ended.exceptionally(failure -> new CheckRun.Result(-1, String.valueOf(failure.getMessage())))
                        .thenAccept(result -> {
                            told.died(result.exitCode());
                            ended(begun, result);
                        });
            } catch (RuntimeException e) {
                ended(begun, new CheckRun.Result(-1, String.valueOf(e.getMessage())));
            }
        }

        /** Not once it has ended, when its directory goes. */
        private synchronized void keep() {
            if (!stopped) {
                memory.keep(
                        container,
                        new HealthMemory.Known(
                                HealthMemory.Known.VERSION,
                                startedAt,
                                progress.status(),
                                progress.failuresInARow(),
                                List.copyOf(results)));
            }
        }

        /**
         * A frozen container answers nothing, which says nothing about its health. Not only those are frozen that a
         * user has paused: others are while an image is made of them.
         */
        private boolean isFrozen() {
            try {
                return running.isPaused();
            } catch (IOException e) {
                return false;
            }
        }

        private void checkLater() {
            timer = timers.schedule(
                    () -> workers.execute(this::check), plan.interval().toMillis(), TimeUnit.MILLISECONDS);
        }

        private void ended(Instant begun, CheckRun.Result result) {
            HealthStatus before;
            HealthStatus after;
            synchronized (this) {
                if (stopped) {
                    return;
                }
                if (!result.passed() && isFrozen()) {
                    checkLater();
                    return;
                }
                results.addLast(result);
                if (results.size() > KEPT_RESULTS) {
                    results.removeFirst();
                }
                before = progress.status();
                int failures = progress.failuresInARow();
                progress.result(result.passed(), begun, clock.instant());
                after = progress.status();
                // One that stays unhealthy fails without end, which need not be written down each time.
                if (before != after || (failures != progress.failuresInARow() && after != HealthStatus.UNHEALTHY)) {
                    workers.execute(this::keep);
                }
            }
            if (before != after) {
                onChange.accept(after);
            }
            schedule();
        }
    }
}
