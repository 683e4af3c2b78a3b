package dev.jcompose.engine.plan;

import dev.jcompose.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one service: which are kept, made anew, new, and too many. Existing ones keep their numbers, new
 * ones take those after the highest, and of too many those go that would have to be made anew, then the highest.
 *
 * @param wanted by number
 * @param surplus to be removed, with the cause
 */
record Replicas(List<Replica> wanted, Map<ObservedContainer, String> surplus) {

    /**
     * One that is wanted.
     *
     * @param existing null for a new one
     * @param divergence why the existing one must be made anew; empty when it need not
     */
    record Replica(int number, @Nullable ObservedContainer existing, String divergence) {

        /** Whether another container takes the place of the existing one. */
        boolean isReplaced() {
            return existing != null && !divergence.isEmpty();
        }
    }

    /** Decides, without regard for other services but those that are {@code replaced}. */
    static Replicas of(
            Service service, List<ObservedContainer> containers, Divergence divergence, Set<String> replaced) {
        Map<ObservedContainer, String> surplus = new HashMap<>();
        List<Replica> existing = new ArrayList<>();
        for (ObservedContainer container : containers) {
            boolean unfinished = container.replacement()
                    && containers.stream().anyMatch(c -> c.number() == container.number() && !c.replacement());
            if (unfinished) {
                surplus.put(container, "left by an interrupted recreation");
            } else {
                existing.add(new Replica(container.number(), container, divergence.of(service, container, replaced)));
            }
        }
        int highest = existing.stream().mapToInt(Replica::number).max().orElse(0);
        existing.sort(
                Comparator.comparing((Replica replica) -> !replica.divergence().isEmpty())
                        .thenComparing(Replica::number));
        int kept = Math.min(service.replicas(), existing.size());
        existing.subList(kept, existing.size()).forEach(replica -> surplus.put(replica.existing(), "scaled down"));
        List<Replica> wanted = new ArrayList<>(existing.subList(0, kept));
        wanted.sort(Comparator.comparing(Replica::number));
        for (int number = highest + 1; wanted.size() < service.replicas(); number++) {
            wanted.add(new Replica(number, null, ""));
        }
        return new Replicas(wanted, surplus);
    }
}
