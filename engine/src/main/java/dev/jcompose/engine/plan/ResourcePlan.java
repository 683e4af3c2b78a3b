package dev.jcompose.engine.plan;

import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.plan.Operation.CreateNetwork;
import dev.jcompose.engine.plan.Operation.CreateVolume;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.RemoveVolume;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;
import dev.jcompose.model.hash.ConfigHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The networks and volumes of an {@code up}: those that are missing are made first; those whose configuration changed
 * are removed and made again when the containers that use them have stopped.
 */
final class ResourcePlan {
    private static final String CHANGED = "configuration changed";

    private final Project project;
    private final ObservedState observed;
    private final UpOptions options;
    private final PlanBuilder plan;
    private final Map<String, Network> changedNetworks = new LinkedHashMap<>();
    private final Map<String, Volume> changedVolumes = new LinkedHashMap<>();
    private final Map<String, Integer> networkSteps = new HashMap<>();
    private final Map<String, Integer> volumeSteps = new HashMap<>();

    ResourcePlan(Project project, ObservedState observed, UpOptions options, PlanBuilder plan) {
        this.project = project;
        this.observed = observed;
        this.options = options;
        this.plan = plan;
    }

    /** Adds the steps that make what is missing, and sees what has changed. */
    void createMissing() {
        for (Network network : project.networks().values()) {
            if (!network.external() && !network.standsFor("host") && !network.standsFor("none")) {
                network(network);
            }
        }
        for (Volume volume : project.volumes().values()) {
            if (!volume.external()) {
                volume(volume);
            }
        }
    }

    private void network(Network network) {
        ObservedResource existing = observed.networks().get(network.name());
        if (existing == null) {
            CreateNetwork create = new CreateNetwork(network.key(), network.name());
            networkSteps.put(network.key(), plan.add(create, "not found", List.of()));
        } else if (!existing.project().equals(project.name())) {
            plan.warn(ofAnother("network", existing));
        } else if (!existing.configHash().equals(ConfigHash.of(network))) {
            if (existing.foreigners().isEmpty()) {
                changedNetworks.put(network.name(), network);
            } else {
                plan.warn("network \"" + network.name() + "\" exists with another configuration than in the file; it"
                        + " stays as it is, because containers of other projects use it: "
                        + String.join(", ", existing.foreigners()));
            }
        }
    }

    private void volume(Volume volume) {
        ObservedResource existing = observed.volumes().get(volume.name());
        if (existing == null) {
            CreateVolume create = new CreateVolume(volume.key(), volume.name());
            volumeSteps.put(volume.key(), plan.add(create, "not found", List.of()));
        } else if (!existing.project().equals(project.name())) {
            plan.warn(ofAnother("volume", existing));
        } else if (!existing.configHash().equals(ConfigHash.of(volume))) {
            switch (options.changedVolumes()) {
                case RECREATE -> changedVolumes.put(volume.name(), volume);
                case ASK -> plan.ask(volume.name());
                case KEEP ->
                    plan.warn("volume \"" + volume.name() + "\" exists but doesn't match configuration in compose"
                            + " file: it is used as it is; remove it to have it made anew");
            }
        }
    }

    private static String ofAnother(String kind, ObservedResource existing) {
        String owner = existing.project().isEmpty()
                ? "was not created by jcompose for a project"
                : "was created for project \"" + existing.project() + "\"";
        return kind + " \"" + existing.name() + "\" already exists but " + owner
                + ". Use `external: true` to use an existing " + kind;
    }

    /** Why a container cannot stay because of what it uses; empty when it can. */
    String changedUse(ObservedContainer container) {
        return container.networks().stream()
                .filter(changedNetworks::containsKey)
                .map(name -> "network " + name + " changed")
                .findFirst()
                .or(() -> container.volumes().stream()
                        .filter(changedVolumes::containsKey)
                        .map(name -> "volume " + name + " changed")
                        .findFirst())
                .orElse("");
    }

    /**
     * Adds the steps that make anew what has changed.
     *
     * @param stops the steps after which a container does not run, by its id
     */
    void renewChanged(Map<String, Integer> stops) {
        changedNetworks.forEach((name, network) -> {
            int removed = plan.add(
                    new RemoveNetwork(name),
                    CHANGED,
                    users(container -> container.networks().contains(name), stops));
            networkSteps.put(network.key(), plan.add(new CreateNetwork(network.key(), name), CHANGED, Set.of(removed)));
        });
        changedVolumes.forEach((name, volume) -> {
            int removed = plan.add(
                    new RemoveVolume(name),
                    CHANGED,
                    users(container -> container.volumes().contains(name), stops));
            volumeSteps.put(volume.key(), plan.add(new CreateVolume(volume.key(), name), CHANGED, Set.of(removed)));
        });
    }

    private List<Integer> users(Predicate<ObservedContainer> uses, Map<String, Integer> stops) {
        return observed.containers().stream()
                .filter(uses)
                .map(container -> stops.get(container.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The steps after which what the service uses is there. */
    List<Integer> steps(Service service) {
        List<Integer> steps = new ArrayList<>();
        service.networks().keySet().forEach(key -> add(networkSteps.get(key), steps));
        service.volumes().forEach(volume -> {
            if (volume.source() != null) {
                add(volumeSteps.get(volume.source()), steps);
            }
        });
        return steps;
    }

    /** The steps after which the networks and volumes of these names are there again. */
    Collection<Integer> steps(ObservedContainer container) {
        List<Integer> steps = new ArrayList<>();
        container.networks().forEach(name -> {
            Network network = changedNetworks.get(name);
            add(network == null ? null : networkSteps.get(network.key()), steps);
        });
        container.volumes().forEach(name -> {
            Volume volume = changedVolumes.get(name);
            add(volume == null ? null : volumeSteps.get(volume.key()), steps);
        });
        return steps.stream().collect(Collectors.toSet());
    }

    private static void add(@Nullable Integer step, List<Integer> steps) {
        if (step != null) {
            steps.add(step);
        }
    }
}
