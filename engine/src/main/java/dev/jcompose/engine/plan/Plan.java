package dev.jcompose.engine.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be done, as a graph: a step may begin when all that it comes after are done.
 *
 * @param steps every step stands after those that it waits for
 * @param warnings what the user should know before it begins
 * @param changedVolumes names of volumes of which the user must say whether they may be removed with their data; the
 *     plan leaves them as they are
 */
public record Plan(List<Step> steps, List<String> warnings, List<String> changedVolumes) {

    /**
     * A step of the plan.
     *
     * @param id from 1, in the order of the plan
     * @param cause why: {@code not found}, {@code configuration changed}
     * @param after ids of steps that must be done before
     */
    public record Step(int id, Operation operation, String cause, Set<Integer> after) {
        public Step {
            after = Set.copyOf(after);
        }

        @Override
        public String toString() {
            String waits = after.stream()
                    .sorted(Comparator.naturalOrder())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "[", "]"));
            return "%s -> #%d %s %s, %s".formatted(waits, id, operation.verb(), operation.subject(), cause);
        }
    }

    public Plan {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
        changedVolumes = List.copyOf(changedVolumes);
    }

    /** One line for each step: {@code [1, 2] -> #3 CreateContainer web-db-db-1, not found}. */
    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
    }
}
