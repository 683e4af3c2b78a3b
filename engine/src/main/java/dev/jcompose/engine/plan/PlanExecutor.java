package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.Plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: begins every step as soon as those before it are done, and decides nothing itself. Steps run
 * wherever the performer runs them; how many at a time is the performer's matter.
 */
public final class PlanExecutor {
    private final Plan plan;
    private final Performer performer;
    private final OnFailure onFailure;
    private final Map<Integer, Set<Integer>> waitingFor = new HashMap<>();
    private final Map<Integer, List<Step>> followers = new HashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Void>> waits = new HashMap<>();
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

    private PlanExecutor(Plan plan, Performer performer, OnFailure onFailure) {
        this.plan = plan;
        this.performer = performer;
        this.onFailure = onFailure;
    }

    /**
     * Begins to carry out {@code plan}.
     *
     * @return to wait for its end, or to cancel it
     */
    public static PlanExecutor execute(Plan plan, Performer performer, OnFailure onFailure) {
        PlanExecutor executor = new PlanExecutor(plan, performer, onFailure);
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
        List<Step> ready = new ArrayList<>();
        synchronized (this) {
            for (Step step : plan.steps()) {
                if (step.after().isEmpty()) {
                    ready.add(step);
                } else {
                    waitingFor.put(step.id(), new HashSet<>(step.after()));
                    step.after()
                            .forEach(id -> followers
                                    .computeIfAbsent(id, k -> new ArrayList<>())
                                    .add(step));
                }
            }
            running = ready.size();
        }
        if (ready.isEmpty()) {
            done.complete(null);
        }
        ready.forEach(this::start);
    }

    private void start(Step step) {
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
        List<Step> ready = new ArrayList<>();
        boolean last;
        synchronized (this) {
            waits.remove(step.id());
            if (failure != null) {
                failures.add(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
            if (!cancelled && (failures.isEmpty() || onFailure == OnFailure.CARRY_ON)) {
                for (Step follower : followers.getOrDefault(step.id(), List.of())) {
                    Set<Integer> open = waitingFor.get(follower.id());
                    if (open != null && open.remove(step.id()) && open.isEmpty()) {
                        ready.add(follower);
                    }
                }
            }
            running += ready.size() - 1;
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
