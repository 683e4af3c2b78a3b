package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.ObservedState.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.RemoveVolume;
import dev.jcompose.engine.plan.Operation.StopContainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Plans {@code stop} and {@code down}, from what there is alone: it needs no file. Dependants are stopped before what
 * they depend on, everything else at the same time.
 */
public final class StopPlanner {
    private final Map<String, List<ObservedContainer>> byService;
    private final PlanBuilder plan = new PlanBuilder();
    private final Map<String, List<Integer>> stopSteps = new HashMap<>();
    private final Set<String> visiting = new HashSet<>();

    private StopPlanner(List<ObservedContainer> containers) {
        byService = containers.stream()
                .collect(Collectors.groupingBy(ObservedContainer::service, TreeMap::new, Collectors.toList()));
    }

    /** The plan that stops these containers. */
    public static Plan stop(List<ObservedContainer> containers) {
        StopPlanner planner = new StopPlanner(containers);
        planner.byService.keySet().forEach(planner::stopService);
        return planner.plan.build();
    }

    /**
     * The plan that stops and removes containers, then networks and volumes.
     *
     * @param containers which go
     * @param networks which go with them; those of which a container is kept are kept too
     * @param kept containers that stay
     * @param volumes which go; also decides about anonymous volumes
     */
    public static Plan down(
            List<ObservedContainer> containers,
            List<ObservedContainer> kept,
            List<ObservedResource> networks,
            List<ObservedResource> volumes,
            boolean anonymousVolumes) {
        StopPlanner planner = new StopPlanner(containers);
        planner.byService.keySet().forEach(planner::stopService);
        List<Integer> removals = new ArrayList<>();
        for (ObservedContainer container : containers) {
            removals.add(planner.plan.add(
                    new RemoveContainer(container.service(), container.name(), anonymousVolumes),
                    "down",
                    planner.stopSteps.getOrDefault(container.service(), List.of())));
        }
        for (ObservedResource network : networks) {
            if (kept.stream().anyMatch(c -> c.networks().contains(network.name()))) {
                planner.plan.warn("Network " + network.name() + " Resource is still in use");
            } else {
                planner.plan.add(new RemoveNetwork(network.name()), "down", removals);
            }
        }
        for (ObservedResource volume : volumes) {
            planner.plan.add(new RemoveVolume(volume.name()), "down", removals);
        }
        return planner.plan.build();
    }

    private List<Integer> stopService(String service) {
        List<Integer> known = stopSteps.get(service);
        if (known != null) {
            return known;
        }
        if (!visiting.add(service)) {
            return List.of();
        }
        List<Integer> dependants = new ArrayList<>();
        byService.forEach((other, containers) -> {
            if (containers.stream().anyMatch(c -> c.dependsOn().contains(service))) {
                dependants.addAll(stopService(other));
            }
        });
        List<Integer> steps = new ArrayList<>();
        for (ObservedContainer container : byService.getOrDefault(service, List.of())) {
            steps.add(plan.add(new StopContainer(service, container.name()), "stop", dependants));
        }
        stopSteps.put(service, steps);
        return steps;
    }
}
