package dev.jcompose.network.dns;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A container on one network, as others look it up.
 *
 * @param network name of the network, for example {@code shop_default}
 * @param containerName for example {@code shop-web-1}
 * @param containerId the long id, of which the first twelve digits are a name too
 * @param project the Compose project, null for a container that belongs to none
 * @param service the service, whose name all its replicas share; null for a container that belongs to none
 * @param aliases further names on this network
 * @param addresses IPv4, IPv6 or both, on this network
 * @param ports where it serves, as far as the Compose file says
 */
public record DnsMember(
        String network,
        String containerName,
        String containerId,
        @Nullable String project,
        @Nullable String service,
        List<String> aliases,
        List<InetAddress> addresses,
        List<Port> ports) {
    private static final int SHORT_ID = 12;

    /**
     * A port that it serves.
     *
     * @param name as the Compose file calls it, empty for one that has only its number
     * @param protocol {@code tcp}, {@code udp} or {@code sctp}
     * @param number 1 to 65535, in the container
     */
    public record Port(String name, String protocol, int number) {
        boolean is(String label, String wantedProtocol) {
            return protocol.equalsIgnoreCase(wantedProtocol)
                    && (name.equalsIgnoreCase(label) || Integer.toString(number).equals(label));
        }
    }

    /** A container of which no ports are known. */
    public DnsMember(
            String network,
            String containerName,
            String containerId,
            @Nullable String project,
            @Nullable String service,
            List<String> aliases,
            List<InetAddress> addresses) {
        this(network, containerName, containerId, project, service, aliases, addresses, List.of());
    }

    public DnsMember {
        requireNonNull(network, "network");
        requireNonNull(containerName, "containerName");
        requireNonNull(containerId, "containerId");
        aliases = List.copyOf(aliases);
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
    }

    /** Every name that finds this container without naming the network, in lower case. */
    Set<String> names() {
        List<String> names = new ArrayList<>(aliases);
        names.add(containerName);
        names.add(containerId.substring(0, Math.min(SHORT_ID, containerId.length())));
        if (service != null) {
            names.add(service);
            if (project != null) {
                names.add(service + "." + project);
            }
        }
        Set<String> lower = new LinkedHashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
