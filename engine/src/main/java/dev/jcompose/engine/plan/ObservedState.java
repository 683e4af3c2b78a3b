package dev.jcompose.engine.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What there is of a project, at one moment.
 *
 * @param containers of the project
 * @param networks all that the engine has, by name
 * @param volumes all that the engine has, by name
 */
public record ObservedState(
        List<ObservedContainer> containers,
        Map<String, ObservedResource> networks,
        Map<String, ObservedResource> volumes) {

    /**
     * A network or a volume.
     *
     * @param project that made it, empty for none
     * @param key in that project, empty for none: an anonymous volume
     * @param configHash of what it was made from
     * @param foreigners names of containers of other projects that use it
     */
    public record ObservedResource(
            String name, String project, String key, String configHash, List<String> foreigners) {
        public ObservedResource {
            foreigners = List.copyOf(foreigners);
        }

        /** One that no other project uses. */
        public ObservedResource(String name, String project, String key, String configHash) {
            this(name, project, key, configHash, List.of());
        }
    }

    public ObservedState {
        containers = List.copyOf(containers);
        networks = Map.copyOf(networks);
        volumes = Map.copyOf(volumes);
    }

    /** The service's containers but for one-offs, by number. */
    List<ObservedContainer> replicas(String service) {
        return containers.stream()
                .filter(c -> c.service().equals(service) && !c.oneOff())
                .sorted(Comparator.comparingInt(ObservedContainer::number))
                .toList();
    }
}
