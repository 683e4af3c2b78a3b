package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.AttachmentSpec;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.Endpoint;
import dev.jcompose.network.bridge.InterfaceSysctl;
import dev.jcompose.network.bridge.Outside;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final MembershipFiles changes;

    EndpointChoice(NetworkRegistry registry, StaticAddresses fixed, MembershipFiles changes) {
        this.changes = changes;
        this.registry = registry;
        this.fixed = fixed;
    }

    /** A network of the container, and how it is to be on it. */
    private record Membership(ContainerNetwork network, ServiceNetwork settings) {

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
        Outside outside = outside(memberships);
        InterfaceNames names = new InterfaceNames(memberships);
        List<Endpoint> endpoints = new ArrayList<>();
        for (Membership membership : memberships) {
            String mac = membership.settings().macAddress();
            if (mac == null && endpoints.isEmpty()) {
                mac = container.service().macAddress();
            }
            endpoints.add(endpoint(
                    container,
                    membership,
                    names.next(membership),
                    mac,
                    membership.name().equals(outside.ipv4()),
                    membership.name().equals(outside.ipv6())));
        }
        return endpoints;
    }

    /** One more endpoint, of a container that runs: with a name that no other interface has, and no way outside. */
    Endpoint further(Container container, String network, ServiceNetwork settings, List<Attachment> attachments)
            throws IOException {
        Membership membership = new Membership(registry.get(network), settings);
        InterfaceNames names = new InterfaceNames(List.of(membership));
        attachments.forEach(attachment -> names.take(attachment.interfaceName()));
        return endpoint(container, membership, names.next(membership), settings.macAddress(), false, false);
    }

    /** Over which of its networks a container's way to everywhere else leads. */
    Outside outside(Container container) throws IOException {
        return outside(memberships(container));
    }

    private Endpoint endpoint(
            Container container,
            Membership membership,
            String interfaceName,
            @Nullable String mac,
            boolean defaultIpv4,
            boolean defaultIpv6) {
        try {
            AttachmentSpec spec = new AttachmentSpec(
                    container.config().id(),
                    container.config().name(),
                    interfaceName,
                    address(membership.settings().ipv4Address()),
                    address(membership.settings().ipv6Address()),
                    membership.settings().linkLocalIps().stream()
                            .map(IpAddress::parse)
                            .toList(),
                    mac == null || mac.isEmpty() ? null : MacAddress.parse(mac),
                    defaultIpv4,
                    defaultIpv6,
                    InterfaceSysctl.parse(membership.settings().driverOpts().getOrDefault(SYSCTLS, "")),
                    fixed.ofOthers(
                            membership.name(),
                            container.config().project(),
                            container.config().service()));
            return new Endpoint(membership.network(), spec);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "services." + container.config().service() + ".networks: " + e.getMessage(), e);
        }
    }

    /** The names of the networks that a container is on, or will be when it starts. */
    Set<String> names(Container container) {
        return settings(container).keySet();
    }

    /** Its settings on each network, by the network's name. */
    Map<String, ServiceNetwork> settings(Container container) {
        Map<String, ServiceNetwork> settings = new LinkedHashMap<>();
        String mode = container.service().namespaces().network();
        if (mode != null && NetworkMode.isBridge(mode)) {
            settings.put(NetworkMode.DEFAULT_BRIDGE, ServiceNetwork.DEFAULT);
        } else {
            container.service().networks().forEach((key, own) -> {
                var network = container.project().networks().get(key);
                settings.put(network == null ? key : network.name(), own);
            });
        }
        Memberships changed = changes.of(container);
        changed.left().forEach(settings::remove);
        settings.putAll(changed.joined());
        return settings;
    }

    /** The highest priority first, then by name. */
    private List<Membership> memberships(Container container) throws IOException {
        List<Membership> memberships = new ArrayList<>();
        for (Map.Entry<String, ServiceNetwork> entry : settings(container).entrySet()) {
            memberships.add(new Membership(registry.get(entry.getKey()), entry.getValue()));
        }
        memberships.sort(Comparator.comparing(
                        (Membership membership) -> -membership.settings().priority())
                .thenComparing(membership -> key(container, membership.name())));
        return memberships;
    }

    /** What the project calls a network, as far as it knows it. */
    private static String key(Container container, String name) {
        return container.project().networks().values().stream()
                .filter(network -> network.name().equals(name))
                .map(dev.jcompose.model.Network::key)
                .findFirst()
                .orElse(name);
    }

    private static Outside outside(List<Membership> memberships) {
        return new Outside(outside(memberships, false), outside(memberships, true));
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

        void take(String name) {
            taken.add(name);
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
