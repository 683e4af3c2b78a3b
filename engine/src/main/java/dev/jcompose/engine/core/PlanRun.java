package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.PlanExecutor;
import dev.jcompose.engine.plan.PlanExecutor.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the plans of one command, or in a dry run only tells them. What a dry run tells does not go to those who
 * follow the engine's events: nothing of it has happened.
 */
final class PlanRun {
    private final EngineParts parts;
    private final String project;
    private final Execution execution;
    private final Events events;
    private final Events quiet;
    private final Events user;
    private final EventListener listener;

    PlanRun(EngineParts parts, String project, Execution execution, EventListener listener) {
        this.parts = parts;
        this.project = project;
        this.execution = execution;
        this.listener = listener;
        this.quiet = new Events(project, parts.clock(), execution.dryRun() ? event -> {} : parts.bus());
        this.user = new Events(project, parts.clock(), listener);
        this.events = quiet.and(listener);
    }

    /** What the user is told, and whoever follows what happens. */
    Events events() {
        return events;
    }

    /** What only the user is told: of what happens by itself, whoever sees to it tells the others. */
    Events user() {
        return user;
    }

    /** Tells how long something took that came before the plan, if that is wanted. */
    void took(String phase, Instant began) {
        if (execution.timings()) {
            timed(step -> CompletableFuture.completedFuture(null)).phase(phase, began);
        }
    }

    private StepTimings timed(PlanExecutor.Performer performer) {
        return new StepTimings(performer, project, parts.clock(), listener);
    }

    /** Waits for services, and says who needs them. */
    DependencyWait waits(DependencyPaths paths) {
        return new DependencyWait(parts.table(), parts.health(), parts.logs(), project, paths);
    }

    /** A plan that creates nothing. */
    void execute(
            Plan plan,
            DependencyPaths paths,
            @Nullable Integer graceSeconds,
            @Nullable String signal,
            OnFailure onFailure) {
        execute(plan, paths, null, graceSeconds, signal, onFailure);
    }

    /** Blocks until the plan is done. */
    void execute(
            Plan plan,
            DependencyPaths paths,
            @Nullable ProjectResources resources,
            @Nullable Integer graceSeconds,
            @Nullable String signal,
            OnFailure onFailure) {
        parts.notices().take().forEach(events::warning);
        plan.warnings().forEach(events::warning);
        StepTale tale = new StepTale(plan, parts.table(), events, quiet, user);
        Duration grace = graceSeconds == null ? null : Duration.ofSeconds(graceSeconds);
        PlanExecutor.Performer performer = execution.dryRun()
                ? new StepRehearsal(plan, parts.table(), tale)
                : new StepPerformer(parts, waits(paths), tale, resources, grace, signal);
        Await.done(PlanExecutor.execute(
                plan, execution.timings() ? timed(performer) : performer, onFailure, execution.parallel()));
    }
}
