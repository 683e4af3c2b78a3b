package dev.jcompose.engine.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
     * A container.
     *
     * @param configHash of the service it was made from
     * @param imageId of the image it was made from
     * @param dependsOn services that its service needs
     * @param networks names of the networks it is attached to
     */
    public record ObservedContainer(
            String id,
            String name,
            String service,
            int number,
            boolean oneOff,
            boolean running,
            String configHash,
            String imageId,
            Set<String> dependsOn,
            Set<String> networks) {
        public ObservedContainer {
            dependsOn = Set.copyOf(dependsOn);
            networks = Set.copyOf(networks);
        }
    }

    /**
     * A network or a volume.
     *
     * @param project that made it, empty for none
     * @param configHash of what it was made from
     */
    public record ObservedResource(String name, String project, String configHash) {}

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
