package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.bridge.AttachmentSpec;
import dev.jcompose.network.bridge.BridgeNetwork;
import dev.jcompose.network.bridge.Endpoint;
import dev.jcompose.network.bridge.InterfaceSysctl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which interfaces a container gets: in which order, with which names and addresses, and which of them leads outside.
 */
final class EndpointChoice {
    private static final String INTERFACE_NAME = "com.docker.network.endpoint.ifname";
    private static final String SYSCTLS = "com.docker.network.endpoint.sysctls";

    private final NetworkRegistry registry;
    private final StaticAddresses fixed;

    EndpointChoice(NetworkRegistry registry, StaticAddresses fixed) {
        this.registry = registry;
        this.fixed = fixed;
    }

    /** A network of the container, and how it is to be on it. */
    private record Membership(BridgeNetwork network, ServiceNetwork settings) {

        String name() {
            return network.spec().name();
        }

        boolean leadsOutside(boolean v6) {
            return !network.spec().internal()
                    && network.pools().stream().anyMatch(pool -> pool.subnet().v6() == v6);
        }

        @Nullable
        String interfaceName() {
            return settings.interfaceName() != null
                    ? settings.interfaceName()
                    : settings.driverOpts().get(INTERFACE_NAME);
        }
    }

    /**
     * The endpoints in the order of their interfaces.
     *
     * @throws IOException when a network does not exist
     * @throws IllegalArgumentException naming the service and what of its settings cannot be
     */
    List<Endpoint> of(Container container) throws IOException {
        List<Membership> memberships = memberships(container);
        String ipv4 = outside(memberships, false);
        String ipv6 = outside(memberships, true);
        InterfaceNames names = new InterfaceNames(memberships);
        List<Endpoint> endpoints = new ArrayList<>();
        for (Membership membership : memberships) {
            String mac = membership.settings().macAddress();
            if (mac == null && endpoints.isEmpty()) {
                mac = container.service().macAddress();
            }
            try {
                AttachmentSpec spec = new AttachmentSpec(
                        container.config().id(),
                        container.config().name(),
                        names.next(membership),
                        address(membership.settings().ipv4Address()),
                        address(membership.settings().ipv6Address()),
                        membership.settings().linkLocalIps().stream()
                                .map(IpAddress::parse)
                                .toList(),
                        mac == null || mac.isEmpty() ? null : MacAddress.parse(mac),
                        membership.name().equals(ipv4),
                        membership.name().equals(ipv6),
                        InterfaceSysctl.parse(membership.settings().driverOpts().getOrDefault(SYSCTLS, "")),
                        fixed.ofOthers(
                                membership.name(),
                                container.config().project(),
                                container.config().service()));
                endpoints.add(new Endpoint(membership.network(), spec));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "services." + container.config().service() + ".networks: " + e.getMessage(), e);
            }
        }
        return endpoints;
    }

    /** The highest priority first, then by name. */
    private List<Membership> memberships(Container container) throws IOException {
        Service service = container.service();
        String mode = service.namespaces().network();
        if (mode != null && NetworkMode.isBridge(mode)) {
            return List.of(new Membership(registry.defaultBridge(), ServiceNetwork.DEFAULT));
        }
        List<Map.Entry<String, ServiceNetwork>> ordered = service.networks().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, ServiceNetwork> e) ->
                                -e.getValue().priority())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        List<Membership> memberships = new ArrayList<>();
        for (Map.Entry<String, ServiceNetwork> entry : ordered) {
            String name = Objects.requireNonNull(container.project().networks().get(entry.getKey()), entry.getKey())
                    .name();
            memberships.add(new Membership(registry.get(name), entry.getValue()));
        }
        return memberships;
    }

    /** The name of the way to everywhere else: the network with the highest gw_priority that is not internal. */
    private static @Nullable String outside(List<Membership> memberships, boolean v6) {
        Membership best = null;
        for (Membership membership : memberships) {
            boolean better = best == null
                    || membership.settings().gwPriority() > best.settings().gwPriority();
            if (better && membership.leadsOutside(v6)) {
                best = membership;
            }
        }
        return best == null ? null : best.name();
    }

    /** Hands out eth0, eth1, ... and leaves out what is given to some network by name. */
    private static final class InterfaceNames {
        private final Set<String> taken = new HashSet<>();
        private int number;

        InterfaceNames(List<Membership> memberships) {
            for (Membership membership : memberships) {
                String name = membership.interfaceName();
                if (name != null && !taken.add(name)) {
                    throw new IllegalArgumentException("two networks have the interface name \"" + name + "\"");
                }
            }
        }

        String next(Membership membership) {
            String given = membership.interfaceName();
            if (given != null) {
                return given;
            }
            String name;
            do {
                name = membership.network().spec().options().interfacePrefix() + number++;
            } while (!taken.add(name));
            return name;
        }
    }

    private static @Nullable IpAddress address(@Nullable String text) {
        return text == null || text.isEmpty() ? null : IpAddress.parse(text);
    }
}
