package dev.jcompose.network.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What one container sees of the {@link DnsZones}, and whom it may ask about the rest.
 *
 * @param networks names of its networks; where several know a name, the first one answers
 * @param links from a name that only this container uses to the name that it stands for
 * @param extraNames names with addresses of their own, for example {@code host.docker.internal}
 * @param forwarding whether names that are not ours are asked for outside; false on internal networks only
 * @param forwardsSingleLabels whether that holds for names without a dot as well, see
 *     {@link ResolvConf#forwardsSingleLabels}
 * @param servers the service's own {@code dns}, at most three are used; empty for those of the host
 */
public record DnsView(
        List<String> networks,
        Map<String, String> links,
        Map<String, List<InetAddress>> extraNames,
        boolean forwarding,
        boolean forwardsSingleLabels,
        List<InetSocketAddress> servers) {

    public DnsView {
        networks = List.copyOf(networks);
        links = lowerCase(links, (key, value) -> {});
        extraNames = lowerCase(extraNames, (key, value) -> {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("name \"" + key + "\" has no address");
            }
        });
        servers = List.copyOf(servers);
    }

    /** The view of a container on these networks, with the host's resolvers and no names of its own. */
    public static DnsView of(List<String> networks) {
        return new DnsView(networks, Map.of(), Map.of(), true, false, List.of());
    }

    /** The same with {@link #links}. */
    public DnsView withLinks(Map<String, String> names) {
        return new DnsView(networks, names, extraNames, forwarding, forwardsSingleLabels, servers);
    }

    /** The same with {@link #extraNames}. */
    public DnsView withExtraNames(Map<String, List<InetAddress>> names) {
        return new DnsView(networks, links, names, forwarding, forwardsSingleLabels, servers);
    }

    /** The same with {@link #forwarding} and {@link #forwardsSingleLabels}. */
    public DnsView withForwarding(boolean names, boolean singleLabels) {
        return new DnsView(networks, links, extraNames, names, singleLabels, servers);
    }

    /** The same with {@link #servers}. */
    public DnsView withServers(List<InetSocketAddress> upstream) {
        return new DnsView(networks, links, extraNames, forwarding, forwardsSingleLabels, upstream);
    }

    private static <V> Map<String, V> lowerCase(Map<String, V> map, BiConsumer<String, V> check) {
        Map<String, V> lower = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            check.accept(key, value);
            lower.put(key.toLowerCase(Locale.ROOT), value);
        });
        return Map.copyOf(lower);
    }
}
