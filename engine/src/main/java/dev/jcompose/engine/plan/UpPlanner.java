package dev.jcompose.engine.plan;

import dev.jcompose.engine.api.UpRequest.Recreate;
import dev.jcompose.engine.plan.ObservedState.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.CreateContainer;
import dev.jcompose.engine.plan.Operation.CreateNetwork;
import dev.jcompose.engine.plan.Operation.CreateVolume;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Namespaces;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;
import dev.jcompose.model.hash.ConfigHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans {@code up}: networks and volumes first, then the containers of each service, started when the services that it
 * depends on are as it needs them. What is right already is left alone.
 */
public final class UpPlanner {
    private final Project project;
    private final ObservedState observed;
    private final UpOptions options;
    private final PlanBuilder plan = new PlanBuilder();
    private final Map<String, Integer> networkSteps = new HashMap<>();
    private final Map<String, Integer> volumeSteps = new HashMap<>();
    private final Map<String, List<Integer>> startSteps = new HashMap<>();
    private final Map<AwaitService, Integer> awaitSteps = new HashMap<>();
    private final Map<String, Integer> stopsOfRenewed = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();

    private UpPlanner(Project project, ObservedState observed, UpOptions options) {
        this.project = project;
        this.observed = observed;
        this.options = options;
    }

    /** The plan that brings {@code project} up, all of its enabled services. */
    public static Plan plan(Project project, ObservedState observed, UpOptions options) {
        UpPlanner planner = new UpPlanner(project, observed, options);
        planner.networks();
        planner.volumes();
        for (String service : project.graph().startOrder()) {
            project.service(service).ifPresent(planner::service);
        }
        planner.orphans();
        return planner.plan.build();
    }

    private void networks() {
        for (Network network : project.networks().values()) {
            if (network.external() || network.standsFor("host") || network.standsFor("none")) {
                continue;
            }
            ObservedResource existing = observed.networks().get(network.name());
            if (existing == null) {
                networkSteps.put(network.key(), plan.add(create(network), "not found", List.of()));
            } else if (!existing.configHash().equals(ConfigHash.of(network))) {
                renew(network);
            }
        }
    }

    /** A network cannot be changed: its containers are stopped and made anew after it. */
    private void renew(Network network) {
        List<Integer> stops = new ArrayList<>();
        for (ObservedContainer container : observed.containers()) {
            if (container.networks().contains(network.name())) {
                stops.add(stop(container, "network " + network.name() + " changed"));
            }
        }
        int removed = plan.add(new RemoveNetwork(network.name()), "configuration changed", stops);
        networkSteps.put(network.key(), plan.add(create(network), "configuration changed", List.of(removed)));
    }

    private int stop(ObservedContainer container, String cause) {
        return stopsOfRenewed.computeIfAbsent(container.id(), id -> {
            int stopped = plan.add(new StopContainer(container.service(), container.name()), cause, List.of());
            return plan.add(new RemoveContainer(container.service(), container.name(), false), cause, List.of(stopped));
        });
    }

    private static CreateNetwork create(Network network) {
        return new CreateNetwork(network.key(), network.name());
    }

    private void volumes() {
        for (Volume volume : project.volumes().values()) {
            ObservedResource existing = observed.volumes().get(volume.name());
            if (volume.external()) {
                continue;
            }
            if (existing == null) {
                CreateVolume create = new CreateVolume(volume.key(), volume.name());
                volumeSteps.put(volume.key(), plan.add(create, "not found", List.of()));
            } else if (!existing.configHash().isEmpty()
                    && !existing.configHash().equals(ConfigHash.of(volume))) {
                plan.warn("volume \"" + volume.name() + "\" exists with another configuration than in the file:"
                        + " it is used as it is; remove it to have it made anew");
            }
        }
    }

    private void service(Service service) {
        List<Integer> resources = resourceSteps(service);
        List<Integer> dependencies = options.start() ? awaitSteps(service) : List.of();
        List<Integer> starts = new ArrayList<>();
        List<ObservedContainer> existing = observed.replicas(service.name());
        Set<Integer> wanted = wantedNumbers(service.replicas(), existing);
        for (int number : wanted) {
            ObservedContainer container = existing.stream()
                    .filter(c -> c.number() == number)
                    .findFirst()
                    .orElse(null);
            String cause = container == null ? "not found" : divergence(service, container);
            List<Integer> before = new ArrayList<>(dependencies);
            String name = ContainerNames.of(project.name(), service, number);
            if (container == null) {
                before.add(plan.add(new CreateContainer(service.name(), number, name, ""), cause, resources));
            } else if (!cause.isEmpty()) {
                before.add(replace(service, container, name, cause, resources));
            } else if (container.running()) {
                cause = "running";
            } else {
                cause = "not running";
            }
            if (options.start()) {
                starts.add(plan.add(new StartContainer(service.name(), name), cause, before));
            }
        }
        for (ObservedContainer container : existing) {
            if (!wanted.contains(container.number())) {
                remove(container, "scaled down");
            }
        }
        startSteps.put(service.name(), starts);
    }

    private int replace(
            Service service, ObservedContainer old, String name, String cause, Collection<Integer> resources) {
        replaced.add(service.name());
        Integer removedForNetwork = stopsOfRenewed.get(old.id());
        List<Integer> before = new ArrayList<>(resources);
        if (removedForNetwork != null) {
            before.add(removedForNetwork);
        } else {
            int stopped = plan.add(new StopContainer(service.name(), old.name()), cause, resources);
            before.add(plan.add(
                    new RemoveContainer(service.name(), old.name(), options.renewAnonymousVolumes()),
                    cause,
                    List.of(stopped)));
        }
        String replaces = options.renewAnonymousVolumes() ? "" : old.id();
        return plan.add(new CreateContainer(service.name(), old.number(), name, replaces), cause, before);
    }

    /** Existing replicas keep their numbers; new ones take the lowest that are free. */
    private static Set<Integer> wantedNumbers(int replicas, List<ObservedContainer> existing) {
        Set<Integer> wanted = new TreeSet<>();
        for (ObservedContainer container : existing) {
            if (wanted.size() < replicas) {
                wanted.add(container.number());
            }
        }
        for (int number = 1; wanted.size() < replicas; number++) {
            wanted.add(number);
        }
        return wanted;
    }

    /** Why a container must be made anew; empty when it need not. */
    private String divergence(Service service, ObservedContainer container) {
        if (options.recreate() == Recreate.NEVER) {
            return "";
        }
        if (stopsOfRenewed.containsKey(container.id())) {
            return "network changed";
        }
        if (options.recreate() == Recreate.FORCE && options.forced().contains(service.name())) {
            return "forced";
        }
        if (!container.configHash().equals(ConfigHash.of(service))) {
            return "configuration changed";
        }
        Namespaces shared = service.namespaces();
        if (Stream.of(shared.network(), shared.pid(), shared.ipc()).anyMatch(this::isOfReplaced)) {
            return "namespace changed";
        }
        String image = options.imageIds().get(service.name());
        return image != null && !image.equals(container.imageId()) ? "image changed" : "";
    }

    /** Whether it says {@code service:x}, and that container's namespaces end with it. */
    private boolean isOfReplaced(@Nullable String mode) {
        return mode != null && mode.startsWith("service:") && replaced.contains(mode.substring("service:".length()));
    }

    private List<Integer> resourceSteps(Service service) {
        List<Integer> steps = new ArrayList<>();
        service.networks().keySet().forEach(key -> addIfThere(networkSteps.get(key), steps));
        service.volumes().forEach(volume -> {
            if (volume.source() != null) {
                addIfThere(volumeSteps.get(volume.source()), steps);
            }
        });
        return steps;
    }

    private static void addIfThere(@Nullable Integer step, List<Integer> steps) {
        if (step != null) {
            steps.add(step);
        }
    }

    private List<Integer> awaitSteps(Service service) {
        List<Integer> steps = new ArrayList<>();
        service.dependencies().forEach((name, dependency) -> {
            if (project.service(name).isPresent()) {
                steps.addAll(awaitSteps(name, dependency));
            }
        });
        return steps;
    }

    private List<Integer> awaitSteps(String service, DependsOn dependency) {
        List<Integer> starts = startSteps.getOrDefault(service, List.of());
        if (dependency.condition() == DependsOn.Condition.SERVICE_STARTED) {
            return starts;
        }
        AwaitService await = new AwaitService(service, dependency.condition(), dependency.required());
        Integer known = awaitSteps.get(await);
        if (known == null) {
            String cause = dependency.condition().name().toLowerCase(Locale.ROOT);
            known = plan.add(await, cause, starts);
            awaitSteps.put(await, known);
        }
        return List.of(known);
    }

    private void orphans() {
        List<ObservedContainer> orphans = observed.containers().stream()
                .filter(c -> !project.servicesByName().containsKey(c.service())
                        && !project.disabledServices().containsKey(c.service()))
                .filter(c -> !stopsOfRenewed.containsKey(c.id()))
                .toList();
        if (orphans.isEmpty()) {
            return;
        }
        if (options.removeOrphans()) {
            orphans.forEach(orphan -> remove(orphan, "orphan"));
            return;
        }
        String names = String.join(
                ", ", orphans.stream().map(ObservedContainer::name).sorted().toList());
        plan.warn("Found orphan containers (" + names
                + ") for this project. If you removed or renamed this service in your"
                + " compose file, you can run this command with the --remove-orphans flag to clean it up.");
    }

    private void remove(ObservedContainer container, String cause) {
        if (stopsOfRenewed.containsKey(container.id())) {
            return;
        }
        int stopped = plan.add(new StopContainer(container.service(), container.name()), cause, List.of());
        plan.add(new RemoveContainer(container.service(), container.name(), false), cause, List.of(stopped));
    }
}
