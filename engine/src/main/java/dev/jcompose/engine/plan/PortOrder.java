package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets a container that takes over another one's port begin after that one has stopped, within one plan. */
public final class PortOrder {
    private PortOrder() {}

    /**
     * The same plan with more order.
     *
     * @param taken by the name of a container that the plan starts: the containers that the plan stops and that have a
     *     port that it wants
     */
    public static Plan arrange(Plan plan, Map<String, Set<String>> taken) {
        Map<String, Integer> stops = new HashMap<>();
        for (Step step : plan.steps()) {
            if (step.operation() instanceof StopContainer stop) {
                stops.put(stop.subject(), step.id());
            }
        }
        List<Step> steps = new ArrayList<>();
        boolean changed = false;
        for (Step step : plan.steps()) {
            Set<Integer> after = new HashSet<>(step.after());
            if (step.operation() instanceof StartContainer start) {
                for (String holder : taken.getOrDefault(start.subject(), Set.of())) {
                    Integer stop = stops.get(holder);
                    if (stop != null && !waits(plan, stop, step.id())) {
                        changed |= after.add(stop);
                    }
                }
            }
            steps.add(new Step(step.id(), step.operation(), step.cause(), after));
        }
        return changed ? new Plan(renumbered(steps), plan.warnings()) : plan;
    }

    /** Whether a step waits, over others, for that one. */
    private static boolean waits(Plan plan, int step, int other) {
        Set<Integer> reached = new HashSet<>(Set.of(step));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Step candidate : plan.steps()) {
                grows |= reached.contains(candidate.id()) && reached.addAll(candidate.after());
            }
        }
        return reached.contains(other);
    }

    /** Every step is to stand after those that it waits for, and have its number from where it stands. */
    private static List<Step> renumbered(List<Step> steps) {
        Map<Integer, Integer> numbers = new HashMap<>();
        List<Step> ordered = new ArrayList<>();
        List<Step> open = new ArrayList<>(steps);
        while (!open.isEmpty()) {
            Step next = open.stream()
                    .filter(step -> numbers.keySet().containsAll(step.after()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("steps of the plan wait for each other: " + open));
            open.remove(next);
            Set<Integer> after = new HashSet<>();
            next.after().forEach(id -> after.add(numbers.get(id)));
            numbers.put(next.id(), ordered.size() + 1);
            ordered.add(new Step(ordered.size() + 1, next.operation(), next.cause(), after));
        }
        return ordered;
    }
}
