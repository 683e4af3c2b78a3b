package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.Plan.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: begins every step as soon as those before it are done, or as soon as no more than a number of
 * others run; waiting for a service does not count. Decides nothing itself. Steps run wherever the performer runs them.
 */
public final class PlanExecutor {
    private final Plan plan;
    private final Performer performer;
    private final OnFailure onFailure;
    private final int parallel;
    private final Deque<Step> queue = new ArrayDeque<>();
    private final Map<Integer, Set<Integer>> waitingFor = new HashMap<>();
    private final Map<Integer, List<Step>> followers = new HashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    /** Containers that could not be stopped. */
    private final Set<String> stillRunning = new HashSet<>();

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Void>> waits = new HashMap<>();
    /** Steps that have begun, without those that wait for a service. */
    private int working;

    private int running;
    private boolean cancelled;

    /** Does one step. */
    @FunctionalInterface
    public interface Performer {
        /** Begins the step and does not block; the future ends with it. */
        CompletableFuture<Void> perform(Step step);
    }

    /** What a failed step means for the others. */
    public enum OnFailure {
        /** No further step begins: while the host is being changed. */
        STOP,
        /** The others go on, those that come after it too: while tearing down. */
        CARRY_ON
    }

    private PlanExecutor(Plan plan, Performer performer, OnFailure onFailure, int parallel) {
        this.parallel = parallel;
        this.plan = plan;
        this.performer = performer;
        this.onFailure = onFailure;
    }

    /**
     * Begins to carry out {@code plan}.
     *
     * @param parallel how many steps at a time; {@link dev.jcompose.engine.api.Execution#UNLIMITED}
     * @return to wait for its end, or to cancel it
     */
    public static PlanExecutor execute(Plan plan, Performer performer, OnFailure onFailure, int parallel) {
        PlanExecutor executor = new PlanExecutor(plan, performer, onFailure, parallel);
        executor.begin();
        return executor;
    }

    /** Ends when no step runs any more: with the first failure, the others suppressed in it, if there was one. */
    public CompletableFuture<Void> done() {
        return done;
    }

    /**
     * Lets no further step begin and gives up waiting for services; what has begun to change something is let to its
     * end.
     */
    public void cancel() {
        List<CompletableFuture<Void>> open;
        synchronized (this) {
            cancelled = true;
            open = List.copyOf(waits.values());
        }
        open.forEach(wait -> wait.cancel(false));
    }

    private void begin() {
        List<Step> ready;
        synchronized (this) {
            for (Step step : plan.steps()) {
                if (step.after().isEmpty()) {
                    queue.add(step);
                } else {
                    waitingFor.put(step.id(), new HashSet<>(step.after()));
                    step.after()
                            .forEach(id -> followers
                                    .computeIfAbsent(id, k -> new ArrayList<>())
                                    .add(step));
                }
            }
            ready = next();
        }
        if (ready.isEmpty()) {
            done.complete(null);
        }
        ready.forEach(this::start);
    }

    /** Takes from the queue what may begin now. The caller holds the lock. */
    private List<Step> next() {
        List<Step> ready = new ArrayList<>();
        for (Iterator<Step> i = queue.iterator(); i.hasNext(); ) {
            Step step = i.next();
            boolean waits = step.operation() instanceof Operation.AwaitService;
            if (waits || parallel < 1 || working < parallel) {
                i.remove();
                ready.add(step);
                working += waits ? 0 : 1;
            }
        }
        running += ready.size();
        return ready;
    }

    private void start(Step step) {
        if (isPointless(step)) {
            finished(step, null);
            return;
        }
        CompletableFuture<Void> result;
        try {
            result = performer.perform(step);
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        if (step.operation() instanceof Operation.AwaitService) {
            note(step, result);
        }
        result.whenComplete((nothing, e) -> finished(step, e));
    }

    /** What could not be stopped cannot be removed: that would only be one more error about the same. */
    private synchronized boolean isPointless(Step step) {
        return step.operation() instanceof Operation.RemoveContainer remove && stillRunning.contains(remove.subject());
    }

    private void note(Step step, CompletableFuture<Void> wait) {
        boolean tooLate;
        synchronized (this) {
            waits.put(step.id(), wait);
            tooLate = cancelled;
        }
        if (tooLate) {
            wait.cancel(false);
        }
    }

    private void finished(Step step, @Nullable Throwable failure) {
        List<Step> ready;
        boolean last;
        synchronized (this) {
            waits.remove(step.id());
            working -= step.operation() instanceof Operation.AwaitService ? 0 : 1;
            running--;
            if (failure != null) {
                if (step.operation() instanceof Operation.StopContainer stop) {
                    stillRunning.add(stop.subject());
                }
                failures.add(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
            if (!cancelled && (failures.isEmpty() || onFailure == OnFailure.CARRY_ON)) {
                for (Step follower : followers.getOrDefault(step.id(), List.of())) {
                    Set<Integer> open = waitingFor.get(follower.id());
                    if (open != null && open.remove(step.id()) && open.isEmpty()) {
                        queue.add(follower);
                    }
                }
                ready = next();
            } else {
                queue.clear();
                ready = List.of();
            }
            last = running == 0;
        }
        ready.forEach(this::start);
        if (last) {
            end();
        }
    }

    private void end() {
        Throwable first;
        synchronized (this) {
            if (failures.isEmpty()) {
                first = null;
            } else {
                first = failures.get(0);
                failures.stream().skip(1).filter(e -> e != first).forEach(first::addSuppressed);
            }
        }
        if (first == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(first);
        }
    }
}
