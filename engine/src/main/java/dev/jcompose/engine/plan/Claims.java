package dev.jcompose.engine.plan;

import dev.jcompose.model.Network;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What only one running container can have: ports of the host and fixed addresses. Who gets one that another has starts
 * after the other has stopped.
 */
public final class Claims {
    private Claims() {}

    /**
     * What a container of the service claims, in words to be compared. Ports of different host addresses count as the
     * same: to wait for a container that stops anyway does no harm.
     */
    public static Set<String> of(Project project, Service service) {
        Set<String> claims = new HashSet<>(ports(service.ports()));
        service.networks().forEach((key, settings) -> {
            Network network = project.networks().get(key);
            String name = network == null ? key : network.name();
            if (settings.ipv4Address() != null) {
                claims.add("address " + settings.ipv4Address() + " in " + name);
            }
            if (settings.ipv6Address() != null) {
                claims.add("address " + settings.ipv6Address() + " in " + name);
            }
            if (settings.macAddress() != null) {
                claims.add("address " + settings.macAddress() + " in " + name);
            }
        });
        return claims;
    }

    /** What these ports claim. */
    public static Set<String> ports(List<PortMapping> ports) {
        Set<String> claims = new HashSet<>();
        for (PortMapping port : ports) {
            for (String published : published(port)) {
                claims.add("port " + published + "/" + port.protocol());
            }
        }
        return claims;
    }

    /** A range claims nothing: there may be another port in it. */
    private static Set<String> published(PortMapping port) {
        String published = port.published();
        return published == null || published.isEmpty() || published.contains("-") ? Set.of() : Set.of(published);
    }
}
