package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.plan.Plan.Step;
import dev.jcompose.engine.plan.PlanExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Tells how long each step of a plan takes that another performer does. */
final class StepTimings implements PlanExecutor.Performer {
    private final PlanExecutor.Performer performer;
    private final String project;
    private final Clock clock;
    private final EventListener listener;

    StepTimings(PlanExecutor.Performer performer, String project, Clock clock, EventListener listener) {
        this.performer = performer;
        this.project = project;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public CompletableFuture<Void> perform(Step step) {
        Instant began = clock.instant();
        // What comes after must not begin before this one is told of: the future that is given on ends later.
        return performer
                .perform(step)
                .whenComplete((nothing, failure) ->
                        tell(step.operation().verb(), step.operation().subject(), began, step.id(), step.after()));
    }

    /** A part of the work that is before the plan. */
    void phase(String name, Instant began) {
        tell(name, project, began, 0, Set.of());
    }

    private void tell(String step, String subject, Instant began, int id, Set<Integer> after) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("step", step);
        attributes.put("began", began.toString());
        attributes.put("id", Integer.toString(id));
        attributes.put("after", after.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
        listener.on(new Event(
                clock.instant(),
                Event.Resource.PROJECT,
                project,
                subject,
                subject,
                Event.Action.TIMING,
                Event.Status.DONE,
                "",
                attributes));
    }
}
