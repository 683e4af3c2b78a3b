package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.Plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Numbers the steps of a plan as they are added. */
final class PlanBuilder {
    private final List<Step> steps = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> changedVolumes = new ArrayList<>();

    /** Adds a step; gives its id, for those that wait for it. */
    int add(Operation operation, String cause, Collection<Integer> after) {
        int id = steps.size() + 1;
        steps.add(new Step(id, operation, cause, new HashSet<>(after)));
        return id;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    /** The user is to be asked whether this volume may be removed with its data. */
    void ask(String volume) {
        changedVolumes.add(volume);
    }

    Plan build() {
        return new Plan(steps, warnings, changedVolumes);
    }
}
