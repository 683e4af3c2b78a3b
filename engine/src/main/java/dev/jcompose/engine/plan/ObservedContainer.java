package dev.jcompose.engine.plan;

import dev.jcompose.model.DependsOn;
import java.util.Map;
import java.util.Set;

/**
 * A container that there is.
 *
 * @param number replica, from 1
 * @param oneOff made by {@code run}
 * @param running whether it has processes
 * @param replacement made to take the place of another, and not yet called as it will be then: a recreation was
 *     interrupted
 * @param configHash of the service it was made from
 * @param imageId of the image it was made from
 * @param dependsOn the services that its service needs
 * @param networks names of the networks that it is attached to
 * @param volumes names of the named volumes that it has mounted
 * @param claims what it has while it runs, as {@link Claims} says it
 */
public record ObservedContainer(
        String id,
        String name,
        String service,
        int number,
        boolean oneOff,
        boolean running,
        boolean replacement,
        String configHash,
        String imageId,
        Map<String, DependsOn> dependsOn,
        Set<String> networks,
        Set<String> volumes,
        Set<String> claims) {
    public ObservedContainer {
        dependsOn = Map.copyOf(dependsOn);
        networks = Set.copyOf(networks);
        volumes = Set.copyOf(volumes);
        claims = Set.copyOf(claims);
    }

    /** Whether it is to be restarted with one of these services, if its own needs others like this. */
    static boolean restartsWith(Set<String> services, Map<String, DependsOn> dependencies) {
        return dependencies.entrySet().stream()
                .anyMatch(entry -> entry.getValue().restart() && services.contains(entry.getKey()));
    }
}
