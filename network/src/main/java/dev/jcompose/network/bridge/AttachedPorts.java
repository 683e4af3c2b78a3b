package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.firewall.Forwarding;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.publish.PortPublisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Publishes ports of containers over the networks that these are attached to. Thread-safe. */
final class AttachedPorts implements AutoCloseable {
    private final RtNetlink netlink;
    private final BridgeLinks bridges;
    private final PortPublisher publisher;
    private final Collection<ActiveNetwork> active;

    /**
     * @param publisher closed with this object
     * @param active the networks that there are, a view
     */
    AttachedPorts(RtNetlink netlink, BridgeLinks bridges, PortPublisher publisher, Collection<ActiveNetwork> active) {
        this.netlink = netlink;
        this.bridges = bridges;
        this.publisher = publisher;
        this.active = active;
    }

    /** See {@link Networks#publish}. */
    void publish(Collection<PublishedPort> ports) throws IOException {
        List<PublishedPort> published = new ArrayList<>();
        try {
            for (Map.Entry<String, List<PublishedPort>> entry : byBridge(ports).entrySet()) {
                publisher.publish(entry.getValue(), entry.getKey());
                published.addAll(entry.getValue());
            }
        } catch (IOException | RuntimeException e) {
            publisher.unpublish(published);
            throw e;
        }
        // A container may reach itself by way of the host's port: then its bridge must send packets back to it.
        List<NetlinkRequest> hairpins = ports.stream()
                .map(PublishedPort::containerId)
                .distinct()
                .flatMap(container -> active.stream()
                        .filter(network -> network.network().isFiltered())
                        .flatMap(network -> network.attachment(container).stream()))
                .map(attachment -> RtRequests.setHairpin(attachment.hostInterface()))
                .toList();
        if (!hairpins.isEmpty()) {
            netlink.run(hairpins);
        }
    }

    /** Takes ports back. */
    void unpublish(Collection<PublishedPort> ports) throws NetworkException {
        publisher.unpublish(ports);
    }

    /** Goes on serving what an engine before this one served. */
    void resume(Collection<PublishedPort> ports) throws NetworkException {
        publisher.resume(ports);
    }

    /**
     * Of the ports that an engine before this one published, those that rules publish now: what was not blocked then
     * may be so by now, and the other way round.
     */
    List<PublishedPort> ruled(Collection<PublishedPort> ports) throws NetworkException {
        List<PublishedPort> ruled = new ArrayList<>();
        for (Map.Entry<String, List<PublishedPort>> entry : byBridge(ports).entrySet()) {
            ruled.addAll(publisher.ruled(entry.getValue(), entry.getKey()));
        }
        return ruled;
    }

    /** See {@link Networks#warnings}. */
    List<String> warnings(Collection<NetworkSpec> specs) throws NetworkException {
        SortedMap<String, Boolean> outward = outward(specs);
        return outward.isEmpty() ? List.of() : publisher.warnings(outward, Forwarding.isOn());
    }

    /** See {@link Networks#hostWarnings}. */
    List<String> hostWarnings(Collection<NetworkSpec> specs) throws NetworkException {
        SortedMap<String, Boolean> outward = outward(specs);
        return outward.isEmpty() ? List.of() : publisher.hostWarnings(outward);
    }

    /** The bridges that lead to other hosts, and whether they have IPv6. */
    private SortedMap<String, Boolean> outward(Collection<NetworkSpec> specs) {
        SortedMap<String, Boolean> outward = new TreeMap<>();
        specs.stream()
                .filter(spec -> !spec.internal() && !spec.driver().hasParent())
                .forEach(spec -> outward.put(bridges.name(spec), spec.enableIpv6()));
        return outward;
    }

    @Override
    public void close() {
        publisher.close();
    }

    private Map<String, List<PublishedPort>> byBridge(Collection<PublishedPort> ports) {
        Map<String, List<PublishedPort>> byBridge = new LinkedHashMap<>();
        ports.forEach(port -> byBridge.computeIfAbsent(bridge(port), bridge -> new ArrayList<>())
                .add(port));
        return byBridge;
    }

    /** The bridge that the way to a published port leads over. */
    private String bridge(PublishedPort port) {
        return active.stream()
                .filter(network -> network.attachment(port.containerId())
                        .filter(attachment -> attachment.has(port.containerIp()))
                        .isPresent())
                .findFirst()
                .map(network -> network.network().link())
                .orElse("");
    }
}
