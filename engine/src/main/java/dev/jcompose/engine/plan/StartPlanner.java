package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.ObservedState.ObservedContainer;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Plans {@code start}: existing containers of services, and of what they depend on, in the order of the dependencies.
 */
public final class StartPlanner {
    private final List<ObservedContainer> containers;
    private final Function<ObservedContainer, Map<String, DependsOn>> dependencies;
    private final PlanBuilder plan = new PlanBuilder();
    private final Map<String, List<Integer>> startSteps = new HashMap<>();
    private final Map<AwaitService, Integer> awaitSteps = new HashMap<>();
    private final Set<String> visiting = new HashSet<>();

    private StartPlanner(
            List<ObservedContainer> containers, Function<ObservedContainer, Map<String, DependsOn>> dependencies) {
        this.containers = containers;
        this.dependencies = dependencies;
    }

    /**
     * The plan that starts the containers of these services.
     *
     * @param containers of the project
     * @param dependencies what the service of a container needs
     */
    public static Plan start(
            List<ObservedContainer> containers,
            Set<String> services,
            Function<ObservedContainer, Map<String, DependsOn>> dependencies) {
        StartPlanner planner = new StartPlanner(containers, dependencies);
        services.stream().sorted().forEach(planner::service);
        return planner.plan.build();
    }

    private List<Integer> service(String service) {
        List<Integer> known = startSteps.get(service);
        if (known != null || !visiting.add(service)) {
            return known == null ? List.of() : known;
        }
        List<Integer> starts = new ArrayList<>();
        for (ObservedContainer container : containers) {
            if (container.service().equals(service) && !container.oneOff()) {
                List<Integer> before = new ArrayList<>();
                dependencies.apply(container).forEach((name, dependency) -> before.addAll(await(name, dependency)));
                String cause = container.running() ? "running" : "not running";
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
        return List.of(awaitSteps.computeIfAbsent(
                await, a -> plan.add(a, dependency.condition().name().toLowerCase(Locale.ROOT), starts)));
    }
}
