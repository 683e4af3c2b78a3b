package dev.jcompose.engine.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An order of containers in which those come first whose services depend on others of them. */
final class StopOrder {
    private final Map<String, List<ObservedContainer>> byService;
    private final List<ObservedContainer> ordered = new ArrayList<>();
    private final Set<String> visited = new LinkedHashSet<>();

    StopOrder(Collection<ObservedContainer> containers) {
        byService = containers.stream()
                .sorted(Comparator.comparing(ObservedContainer::name))
                .collect(Collectors.groupingBy(ObservedContainer::service, TreeMap::new, Collectors.toList()));
        byService.keySet().forEach(this::visit);
    }

    /** All of them, in that order. */
    List<ObservedContainer> containers() {
        return ordered;
    }

    /** Those that must stop before this one: of services that depend on its own. */
    List<ObservedContainer> dependants(ObservedContainer container) {
        // What files of different times say may go round in a circle: then whoever came first in the order is first.
        List<ObservedContainer> dependants = new ArrayList<>();
        for (ObservedContainer other : ordered.subList(0, ordered.indexOf(container))) {
            if (other.dependsOn().containsKey(container.service())
                    && !other.service().equals(container.service())) {
                dependants.add(other);
            }
        }
        return dependants;
    }

    private void visit(String service) {
        if (!visited.add(service)) {
            return;
        }
        byService.forEach((other, containers) -> {
            if (containers.stream().anyMatch(c -> c.dependsOn().containsKey(service))) {
                visit(other);
            }
        });
        ordered.addAll(byService.getOrDefault(service, List.of()));
    }
}
