package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.CreateContainer;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RenameContainer;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Replicas.Replica;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plans {@code up}. First it decides: which containers are missing, are made anew, are restarted, are too many. Then it
 * adds the steps in this order, in which nothing ever waits for something later: networks and volumes, new containers
 * (a replacement under another name), stops with dependants first, removals, renewed networks and volumes, the final
 * names, and starts when the services that a service depends on are as it needs them. What is right already is left
 * alone.
 */
public final class UpPlanner {
    private final Project project;
    private final ObservedState observed;
    private final UpOptions options;
    private final PlanBuilder plan = new PlanBuilder();
    private final ResourcePlan resources;
    private final Map<String, Replicas> replicas = new LinkedHashMap<>();
    /** Why a container stops, by container. */
    private final Map<ObservedContainer, String> stopping = new LinkedHashMap<>();

    private final Map<ObservedContainer, String> removed = new LinkedHashMap<>();
    private final Map<ObservedContainer, String> restarted = new LinkedHashMap<>();
    private final Map<ObservedContainer, Integer> creations = new HashMap<>();
    private final Map<String, Integer> newCreations = new HashMap<>();
    private final Map<String, Integer> stops = new HashMap<>();
    private final Map<String, Integer> removalsByName = new HashMap<>();
    private final Map<String, List<Integer>> starts = new HashMap<>();
    private final Map<AwaitService, Integer> awaits = new HashMap<>();

    private UpPlanner(Project project, ObservedState observed, UpOptions options) {
        this.project = project;
        this.observed = observed;
        this.options = options;
        this.resources = new ResourcePlan(project, observed, options, plan);
    }

    /** The plan that brings {@code project} up, all of its enabled services. */
    public static Plan plan(Project project, ObservedState observed, UpOptions options) {
        UpPlanner planner = new UpPlanner(project, observed, options);
        List<String> order = project.graph().startOrder();
        planner.resources.createMissing();
        planner.decide(order);
        planner.create(order);
        planner.stop();
        planner.remove();
        planner.resources.renewChanged(planner.stops);
        order.forEach(planner::start);
        planner.startOthers();
        return planner.plan.build();
    }

    private void decide(List<String> order) {
        Divergence divergence = new Divergence(project, options, resources);
        Set<String> replaced = new HashSet<>();
        for (String name : order) {
            Service service = project.service(name).orElseThrow();
            Replicas decided = Replicas.of(service, observed.replicas(name), divergence, replaced);
            replicas.put(name, decided);
            removed.putAll(decided.surplus());
            for (Replica replica : decided.wanted()) {
                if (replica.isReplaced()) {
                    replaced.add(name);
                    stopping.put(replica.existing(), replica.divergence());
                }
            }
        }
        new Orphans(project, observed, options).decide(removed, plan);
        stopping.putAll(removed);
        decideRestarts(new TreeSet<>(replaced));
    }

    /** Whoever wants to be restarted with what is made anew, and who uses what is made anew. */
    private void decideRestarts(Set<String> affected) {
        if (!options.start()) {
            return;
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ObservedContainer container : observed.containers()) {
                if (!container.running() || stopping.containsKey(container)) {
                    continue;
                }
                String cause = resources.changedUse(container);
                if (cause.isEmpty() && ObservedContainer.restartsWith(affected, dependencies(container))) {
                    cause = "a service that it depends on is recreated or restarted";
                }
                if (!cause.isEmpty()) {
                    restarted.put(container, cause);
                    stopping.put(container, cause);
                    grown = affected.add(container.service());
                }
            }
        }
    }

    /** As the file says it now; for a service that is not in it, as it said when the container was made. */
    private Map<String, DependsOn> dependencies(ObservedContainer container) {
        return project.service(container.service()).map(Service::dependencies).orElse(container.dependsOn());
    }

    private void create(List<String> order) {
        for (String name : order) {
            Service service = project.service(name).orElseThrow();
            for (Replica replica : decided(name).wanted()) {
                ObservedContainer old = replica.existing();
                String subject = ContainerNames.of(project, service, replica.number());
                if (replica.isReplaced() && old != null) {
                    CreateContainer create = new CreateContainer(
                            name, replica.number(), subject, old.id(), !options.renewAnonymousVolumes());
                    creations.put(old, plan.add(create, replica.divergence(), resources.steps(service)));
                } else if (old == null && isFree(subject)) {
                    newCreations.put(subject, plan.add(creation(name, replica), "not found", resources.steps(service)));
                }
            }
        }
    }

    /** Whether no container has the name that one is to have. */
    private boolean isFree(String name) {
        return stopping.keySet().stream().noneMatch(c -> c.name().equals(name));
    }

    private CreateContainer creation(String service, Replica replica) {
        String name = ContainerNames.of(project, project.service(service).orElseThrow(), replica.number());
        return new CreateContainer(service, replica.number(), name, "", false);
    }

    /** Dependants first; a replaced container when its replacement is there, so that a failure leaves it running. */
    private void stop() {
        StopOrder order = new StopOrder(stopping.keySet());
        for (ObservedContainer container : order.containers()) {
            Set<Integer> after = new HashSet<>();
            order.dependants(container).forEach(dependant -> after.add(stops.get(dependant.id())));
            Integer creation = creations.get(container);
            if (creation != null) {
                after.add(creation);
            }
            String cause = stopping.getOrDefault(container, "");
            stops.put(container.id(), plan.add(new StopContainer(container.service(), container.name()), cause, after));
        }
    }

    private void remove() {
        for (ObservedContainer container : new StopOrder(stopping.keySet()).containers()) {
            if (restarted.containsKey(container)) {
                continue;
            }
            boolean renewed = creations.containsKey(container) && options.renewAnonymousVolumes();
            RemoveContainer remove = new RemoveContainer(container.service(), container.name(), renewed);
            String cause = stopping.getOrDefault(container, "");
            removalsByName.put(container.name(), plan.add(remove, cause, Set.of(stops.get(container.id()))));
        }
    }

    private void start(String name) {
        Service service = project.service(name).orElseThrow();
        List<Integer> started = new ArrayList<>();
        Set<Integer> before = new HashSet<>();
        if (options.start()) {
            service.dependencies().forEach((dependency, how) -> before.addAll(awaited(dependency, how)));
            before.addAll(resources.steps(service));
        }
        for (Replica replica : decided(name).wanted()) {
            String subject = ContainerNames.of(project, service, replica.number());
            Set<Integer> after = new HashSet<>(before);
            String cause = ready(service, replica, subject, after);
            if (options.start()) {
                after.addAll(claimed(service, replica.existing()));
                String actual = replica.isReplaced()
                                || replica.existing() == null
                                || replica.existing().replacement()
                        ? subject
                        : replica.existing().name();
                started.add(plan.add(new StartContainer(name, actual), cause, after));
            }
        }
        starts.put(name, started);
    }

    /** Adds what is missing before the start; gives the cause of the start. */
    private String ready(Service service, Replica replica, String subject, Set<Integer> after) {
        ObservedContainer existing = replica.existing();
        if (existing == null) {
            Integer made = newCreations.get(subject);
            after.add(
                    made != null
                            ? made
                            : plan.add(
                                    creation(service.name(), replica),
                                    "not found",
                                    with(removalsByName.get(subject), resources.steps(service))));
            return "not found";
        }
        if (replica.isReplaced()) {
            String temporary = CreateContainer.temporaryName(existing.id(), subject);
            Set<Integer> free = with(removalsByName.get(existing.name()), List.of());
            Integer holder = removalsByName.get(subject);
            after.add(plan.add(
                    new RenameContainer(service.name(), temporary, subject), replica.divergence(), with(holder, free)));
            return replica.divergence();
        }
        if (existing.replacement()) {
            after.add(plan.add(
                    new RenameContainer(service.name(), existing.name(), subject),
                    "left by an interrupted recreation",
                    with(removalsByName.get(subject), List.of())));
        }
        String why = restarted.get(existing);
        if (why != null) {
            after.addAll(with(stops.get(existing.id()), resources.steps(existing)));
            return why;
        }
        return existing.running() ? "running" : "not running";
    }

    private static Set<Integer> with(@Nullable Integer step, Iterable<Integer> others) {
        Set<Integer> all = new HashSet<>();
        others.forEach(all::add);
        if (step != null) {
            all.add(step);
        }
        return all;
    }

    /** The stops of those that have what this one wants. */
    private Set<Integer> claimed(Service service, @Nullable ObservedContainer self) {
        Set<String> claims = Claims.of(project, service);
        Set<Integer> after = new HashSet<>();
        for (ObservedContainer other : stopping.keySet()) {
            if (!other.equals(self) && other.claims().stream().anyMatch(claims::contains)) {
                after.add(stops.get(other.id()));
            }
        }
        return after;
    }

    private List<Integer> awaited(String service, DependsOn dependency) {
        List<Integer> started = starts.getOrDefault(service, List.of());
        if (dependency.condition() == Condition.SERVICE_STARTED
                || project.service(service).isEmpty()) {
            return started;
        }
        AwaitService await = new AwaitService(service, dependency.condition(), dependency.required());
        return List.of(awaits.computeIfAbsent(await, a -> plan.add(a, AwaitWords.of(a.condition()), started)));
    }

    /** Containers of services that this up is not about, and that had to stop for it. */
    private void startOthers() {
        List<ObservedContainer> order = new ArrayList<>(new StopOrder(restarted.keySet()).containers());
        Collections.reverse(order);
        for (ObservedContainer container : order) {
            if (replicas.containsKey(container.service())) {
                continue;
            }
            Set<Integer> after = new HashSet<>(resources.steps(container));
            after.add(stops.get(container.id()));
            container.dependsOn().forEach((dependency, how) -> after.addAll(awaited(dependency, how)));
            StartContainer start = new StartContainer(container.service(), container.name());
            starts.computeIfAbsent(container.service(), service -> new ArrayList<>())
                    .add(plan.add(start, restarted.getOrDefault(container, ""), after));
        }
    }

    private Replicas decided(String service) {
        return replicas.getOrDefault(service, new Replicas(List.of(), Map.of()));
    }
}
