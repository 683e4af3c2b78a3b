package dev.jcompose.network.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what {@link DnsZones#lookup} decides. */
final class Reasons {
    private final DnsZones zones;
    private final DnsView view;
    private final List<InetSocketAddress> hostServers;

    /** @param hostServers who is asked when the view names nobody */
    Reasons(DnsZones zones, DnsView view, List<InetSocketAddress> hostServers) {
        this.zones = zones;
        this.view = view;
        this.hostServers = hostServers;
    }

    List<String> of(String name, int type) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> reasons = new ArrayList<>();
        if (view.extraNames().containsKey(wanted)) {
            reasons.add("\"%s\" is this host, by the address that the container reaches it at".formatted(wanted));
            return reasons;
        }
        if (wanted.equals("localhost") || wanted.endsWith(".localhost")) {
            reasons.add("names under localhost are the container itself");
            return reasons;
        }
        ServiceName service = ServiceName.parse(wanted);
        String host = service == null ? wanted : service.host();
        String target = view.links().get(host);
        if (target != null) {
            reasons.add("links: \"%s\" stands for \"%s\"".formatted(host, target));
            host = target.toLowerCase(Locale.ROOT);
        }
        boolean known = networks(host, reasons);
        DnsAnswer answer = zones.lookup(view, name, type);
        if (answer instanceof DnsAnswer.Pointer) {
            reasons.add("the address belongs to a container on a network of this one");
        } else if (answer instanceof DnsAnswer.NoData && known) {
            reasons.add("the name is known, but has no record of this type: an empty answer, so that nobody waits");
        } else if (answer instanceof DnsAnswer.NoSuchName) {
            reasons.add(
                    view.forwarding()
                            ? "a name without a dot is not asked outside (dns_opt: [\"ndots:0\"] would change that)"
                            : "all networks of the container are internal: nobody outside is asked");
        } else if (answer instanceof DnsAnswer.Forward) {
            reasons.add("asked outside, from this host: " + servers());
        }
        return reasons;
    }

    private boolean networks(String host, List<String> reasons) {
        boolean known = false;
        for (String network : view.networks()) {
            Map<InetAddress, String> holders = zones.holders(network, host);
            String who = holders.entrySet().stream()
                    .map(entry -> entry.getValue() + " (" + entry.getKey().getHostAddress() + ")")
                    .sorted()
                    .collect(Collectors.joining(", "));
            reasons.add("network \"%s\": \"%s\" is %s".formatted(network, host, who.isEmpty() ? "not known" : who));
            known |= !who.isEmpty();
        }
        return known;
    }

    private String servers() {
        boolean own = !view.servers().isEmpty();
        return (own ? view.servers() : hostServers)
                        .stream()
                                .map(server -> server.getAddress().getHostAddress())
                                .collect(Collectors.joining(", "))
                + (own ? " (the service's dns)" : " (the host's resolv.conf)");
    }
}
