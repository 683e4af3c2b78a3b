package dev.jcompose.engine.network;

import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.network.IpAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses that Compose files give to certain services: nobody else gets them, also before the first container of
 * that service runs. Thread-safe.
 */
public final class StaticAddresses {
    private final Map<Place, Owner> owners = new ConcurrentHashMap<>();

    private record Place(String network, IpAddress address) {}

    private record Owner(String project, String service) {}

    /**
     * Holds the addresses that a project's services ask for.
     *
     * @throws IllegalArgumentException for a text that is no address, naming its place
     */
    public void hold(Project project) {
        for (Service service : project.services()) {
            service.networks().forEach((key, settings) -> {
                Network network = project.networks().get(key);
                if (network != null) {
                    try {
                        hold(network.name(), settings, new Owner(project.name(), service.name()));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(
                                "services." + service.name() + ".networks." + key + ": " + e.getMessage(), e);
                    }
                }
            });
        }
    }

    private void hold(String network, ServiceNetwork settings, Owner owner) {
        Stream.of(settings.ipv4Address(), settings.ipv6Address()).forEach(address -> {
            if (address != null && !address.isEmpty()) {
                owners.putIfAbsent(new Place(network, IpAddress.parse(address)), owner);
            }
        });
    }

    /** Lets go what a project that is down held. */
    public void release(String project) {
        owners.values().removeIf(owner -> owner.project().equals(project));
    }

    /** What others than this service hold of a network. */
    Set<IpAddress> ofOthers(String network, String project, String service) {
        Owner self = new Owner(project, service);
        return owners.entrySet().stream()
                .filter(held -> held.getKey().network().equals(network))
                .filter(held -> !held.getValue().equals(self))
                .map(held -> held.getKey().address())
                .collect(Collectors.toSet());
    }
}
