package dev.jcompose.engine.network;

import dev.jcompose.model.Network;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.bridge.DriverOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * The address that ports are published on when their service names none: the network's
 * {@code com.docker.network.bridge.host_binding_ipv4}.
 */
public final class HostBinding {
    private HostBinding() {}

    /** The service with that address in its ports, as its project's networks have it. */
    public static Service apply(Project project, Service service) {
        if (service.ports().isEmpty()) {
            return service;
        }
        Optional<String> address = service.networks().keySet().stream()
                .map(project.networks()::get)
                .filter(Objects::nonNull)
                .map(Network::driverOpts)
                .map(options -> new DriverOptions(options).hostBinding())
                .filter(Objects::nonNull)
                .map(IpAddress::toString)
                .findFirst();
        return address.map(host -> service.toBuilder()
                        .ports(service.ports().stream()
                                .map(port -> bound(port, host))
                                .toList())
                        .build())
                .orElse(service);
    }

    private static PortMapping bound(PortMapping port, String address) {
        String own = port.hostIp();
        return own != null && !own.isEmpty()
                ? port
                : new PortMapping(
                        port.name(),
                        port.mode(),
                        address,
                        port.target(),
                        port.published(),
                        port.protocol(),
                        port.appProtocol());
    }
}
