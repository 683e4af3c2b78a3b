package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.plan.Operation.KillContainer;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RemoveImage;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.RemoveVolume;
import dev.jcompose.engine.plan.Operation.StopContainer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans {@code stop}, {@code kill}, {@code rm} and {@code down}, from what there is alone: they need no file.
 * Dependants are stopped before what they depend on, everything else at the same time.
 */
public final class StopPlanner {
    private final PlanBuilder plan = new PlanBuilder();
    private final Map<String, Integer> stops = new HashMap<>();

    private StopPlanner() {}

    /** The plan that stops these containers. */
    public static Plan stop(Collection<ObservedContainer> containers) {
        StopPlanner planner = new StopPlanner();
        planner.stop(containers, "stop");
        return planner.plan.build();
    }

    /** The plan that sends a signal to these containers, all at once. */
    public static Plan kill(Collection<ObservedContainer> containers) {
        PlanBuilder plan = new PlanBuilder();
        containers.forEach(c -> plan.add(new KillContainer(c.service(), c.name()), "kill", List.of()));
        return plan.build();
    }

    /** The plan that removes these containers, which do not run. */
    public static Plan remove(Collection<ObservedContainer> containers, boolean anonymousVolumes) {
        PlanBuilder plan = new PlanBuilder();
        containers.forEach(
                c -> plan.add(new RemoveContainer(c.service(), c.name(), anonymousVolumes), "rm", List.of()));
        return plan.build();
    }

    /**
     * What {@code down} removes.
     *
     * @param containers which go
     * @param kept containers that stay
     * @param networks which go with them; those that a kept or foreign container uses are kept too
     * @param volumes which go; likewise
     * @param anonymousVolumes also anonymous volumes of the containers
     * @param images names of images that go
     */
    public record Removal(
            List<ObservedContainer> containers,
            List<ObservedContainer> kept,
            List<ObservedResource> networks,
            List<ObservedResource> volumes,
            boolean anonymousVolumes,
            List<String> images) {}

    /** The plan that stops and removes containers, then networks, volumes and images. */
    public static Plan down(Removal removal) {
        StopPlanner planner = new StopPlanner();
        PlanBuilder plan = planner.plan;
        planner.stop(removal.containers(), "down");
        List<Integer> removals = new ArrayList<>();
        for (ObservedContainer container : removal.containers()) {
            removals.add(plan.add(
                    new RemoveContainer(container.service(), container.name(), removal.anonymousVolumes()),
                    "down",
                    List.of(planner.stops.get(container.id()))));
        }
        for (ObservedResource network : removal.networks()) {
            // One that has ended is not in it: a run that nobody has removed keeps no network.
            if (!network.foreigners().isEmpty()
                    || removal.kept().stream()
                            .anyMatch(c -> c.running() && c.networks().contains(network.name()))) {
                plan.warn("Network " + network.name() + " Resource is still in use");
            } else {
                plan.add(new RemoveNetwork(network.name()), "down", removals);
            }
        }
        for (ObservedResource volume : removal.volumes()) {
            if (!volume.foreigners().isEmpty()
                    || removal.kept().stream().anyMatch(c -> c.volumes().contains(volume.name()))) {
                plan.warn("Volume " + volume.name() + " Resource is still in use");
            } else {
                plan.add(new RemoveVolume(volume.name()), "down", removals);
            }
        }
        removal.images().forEach(image -> plan.add(new RemoveImage(image), "down", removals));
        return plan.build();
    }

    private void stop(Collection<ObservedContainer> containers, String cause) {
        StopOrder order = new StopOrder(containers);
        for (ObservedContainer container : order.containers()) {
            List<Integer> after = order.dependants(container).stream()
                    .map(dependant -> stops.get(dependant.id()))
                    .toList();
            StopContainer stop = new StopContainer(container.service(), container.name());
            stops.put(container.id(), plan.add(stop, cause, after));
        }
    }
}
