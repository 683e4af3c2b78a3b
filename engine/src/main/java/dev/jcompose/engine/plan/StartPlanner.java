package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans {@code start} and {@code restart}, from what there is alone: they need no file. */
public final class StartPlanner {
    private final List<ObservedContainer> containers;
    private final PlanBuilder plan = new PlanBuilder();
    private final Map<String, List<Integer>> startSteps = new HashMap<>();
    private final Map<AwaitService, Integer> awaitSteps = new HashMap<>();
    private final Map<String, Integer> stopSteps = new HashMap<>();
    private final Set<String> visiting = new HashSet<>();
    /** Whether only dependencies with {@code restart: true} count. */
    private final boolean onlyRestarts;

    private StartPlanner(List<ObservedContainer> containers, boolean onlyRestarts) {
        this.containers =
                containers.stream().filter(container -> !container.oneOff()).toList();
        this.onlyRestarts = onlyRestarts;
    }

    /**
     * The plan that starts the containers of these services, and of what they depend on, in the order of the
     * dependencies.
     *
     * @param containers of the project
     */
    public static Plan start(List<ObservedContainer> containers, Set<String> services) {
        StartPlanner planner = new StartPlanner(containers, false);
        services.stream().sorted().forEach(planner::service);
        return planner.plan.build();
    }

    /**
     * The plan that stops and starts the containers of these services, and no others of what they depend on. With them
     * go running containers of services that depend on them with {@code restart: true}: they stop first and start last.
     *
     * @param containers of the project
     * @param dependants false: leave those alone
     */
    public static Plan restart(List<ObservedContainer> containers, Set<String> services, boolean dependants) {
        Set<String> affected = new HashSet<>(services);
        List<ObservedContainer> going = containers.stream()
                .filter(container -> !container.oneOff() && services.contains(container.service()))
                .collect(Collectors.toCollection(ArrayList::new));
        boolean grown = dependants;
        while (grown) {
            grown = false;
            for (ObservedContainer container : containers) {
                if (container.running()
                        && !container.oneOff()
                        && !going.contains(container)
                        && ObservedContainer.restartsWith(affected, container.dependsOn())) {
                    going.add(container);
                    affected.add(container.service());
                    grown = true;
                }
            }
        }
        StartPlanner planner = new StartPlanner(going, true);
        planner.stop(going);
        affected.stream().sorted().forEach(planner::service);
        return planner.plan.build();
    }

    private void stop(List<ObservedContainer> going) {
        StopOrder order = new StopOrder(going);
        for (ObservedContainer container : order.containers()) {
            List<Integer> after = order.dependants(container).stream()
                    .filter(dependant -> waits(dependant.dependsOn().get(container.service())))
                    .map(dependant -> stopSteps.get(dependant.id()))
                    .toList();
            StopContainer stop = new StopContainer(container.service(), container.name());
            stopSteps.put(container.id(), plan.add(stop, "restart", after));
        }
    }

    private boolean waits(@Nullable DependsOn dependency) {
        return dependency != null && (!onlyRestarts || dependency.restart());
    }

    private List<Integer> service(String service) {
        List<Integer> known = startSteps.get(service);
        if (known != null || !visiting.add(service)) {
            return known == null ? List.of() : known;
        }
        List<Integer> starts = new ArrayList<>();
        for (ObservedContainer container : containers) {
            if (container.service().equals(service)) {
                List<Integer> before = new ArrayList<>();
                container.dependsOn().forEach((name, dependency) -> {
                    if (waits(dependency)) {
                        before.addAll(await(name, dependency));
                    }
                });
                Integer stopped = stopSteps.get(container.id());
                if (stopped != null) {
                    before.add(stopped);
                }
                String cause = stopped != null ? "restart" : container.running() ? "running" : "not running";
                starts.add(plan.add(new StartContainer(service, container.name()), cause, before));
            }
        }
        startSteps.put(service, starts);
        return starts;
    }

    private List<Integer> await(String service, DependsOn dependency) {
        List<Integer> starts = service(service);
        if (starts.isEmpty() || dependency.condition() == Condition.SERVICE_STARTED) {
            return starts;
        }
        AwaitService await = new AwaitService(service, dependency.condition(), dependency.required());
        return List.of(
                awaitSteps.computeIfAbsent(await, a -> plan.add(a, AwaitWords.of(dependency.condition()), starts)));
    }
}
