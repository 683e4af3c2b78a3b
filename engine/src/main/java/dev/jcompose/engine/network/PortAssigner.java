package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Service;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.ports.PortRequest;
import dev.jcompose.network.ports.PortReservations;
import dev.jcompose.network.ports.ReservedPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which port of the host leads to which port of a container, and holds it for as long as the container runs.
 * Thread-safe.
 */
public final class PortAssigner {
    private static final Logger log = LoggerFactory.getLogger(PortAssigner.class);

    private static final IpAddress ANY_V4 = new IpAddress(false, 0, 0);
    private static final IpAddress ANY_V6 = new IpAddress(true, 0, 0);

    private final PortReservations reservations;
    private final Map<String, List<ReservedPort>> byContainer = new ConcurrentHashMap<>();

    public PortAssigner(PortReservations reservations) {
        this.reservations = reservations;
    }

    /**
     * Looks whether all these ports could be had now; holds none of them.
     *
     * @param services by the name of the container that wants the service's ports
     * @throws NetworkException naming each port that cannot be had, and who has it
     */
    public void check(Map<String, Service> services) throws NetworkException {
        List<PortRequest> requests = new ArrayList<>();
        services.forEach((container, service) -> requests.addAll(requests(container, service)));
        reservations.release(reservations.reserve(requests));
    }

    /**
     * The ports that a container publishes with these interfaces, held from now on.
     *
     * @param attachments to networks that are not internal; without one nothing is published
     * @throws IOException when one of them cannot be had
     */
    List<PublishedPort> assign(Container container, List<Attachment> attachments) throws IOException {
        List<PortMapping> wanted = container.service().ports();
        if (wanted.isEmpty()) {
            return List.of();
        }
        if (attachments.isEmpty()) {
            return List.of();
        }
        Service service = HostBinding.apply(container.project(), container.service());
        List<ReservedPort> reserved =
                reservations.reserve(requests(container.config().name(), service));
        byContainer.put(container.config().id(), reserved);
        List<PublishedPort> published = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            published.addAll(published(container, attachments, wanted.get(i).target(), reserved.get(i)));
        }
        return published;
    }

    /**
     * What a held port leads to: an address of the same family where the container has one, else of the other, which
     * costs it the addresses of its clients.
     */
    private static List<PublishedPort> published(
            Container container, List<Attachment> attachments, int target, ReservedPort reserved) throws IOException {
        PortRequest request = reserved.request();
        Optional<IpAddress> ipv4 = address(attachments, false);
        Optional<IpAddress> ipv6 = address(attachments, true);
        List<PublishedPort> published = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            if (v6 ? !reserved.ipv6() : !reserved.ipv4()) {
                continue;
            }
            IpAddress address = (v6 ? ipv6.or(() -> ipv4) : ipv4.or(() -> ipv6))
                    .orElseThrow(() -> new IOException("container " + container + " has no address to publish"));
            boolean crossing = address.v6() != v6;
            if (crossing && request.protocol() == Protocol.SCTP && request.hostIp() == null) {
                continue;
            }
            published.add(new PublishedPort(
                    container.config().id(),
                    container.config().name(),
                    request.protocol(),
                    request.hostIp() == null && v6 ? ANY_V6 : request.hostIp(),
                    reserved.port(),
                    address,
                    target));
        }
        return published;
    }

    /** The one from which answers leave the way that the questions came; or else the first. */
    private static Optional<IpAddress> address(List<Attachment> attachments, boolean v6) {
        return attachments.stream()
                .flatMap(attachment -> attachment.addresses().stream())
                .filter(assigned -> assigned.address().v6() == v6)
                .min(Comparator.comparing(assigned -> assigned.gateway() == null))
                .map(AssignedAddress::address);
    }

    /** Holds the ports of a running container that another engine left. */
    void hold(Container container, List<PublishedPort> published) {
        List<PortRequest> requests = published.stream()
                .map(port -> new PortRequest(
                        container.config().name(),
                        port.protocol(),
                        port.hostIp() == null ? ANY_V4 : port.hostIp(),
                        port.hostPort(),
                        port.hostPort()))
                .toList();
        try {
            byContainer.put(container.config().id(), reservations.reserve(requests));
        } catch (NetworkException e) {
            log.warn("the ports of {} lead to it, but cannot be kept from others: {}", container, e.getMessage());
        }
    }

    /** Lets the container's ports go. */
    void release(Container container) {
        List<ReservedPort> reserved = byContainer.remove(container.config().id());
        if (reserved != null) {
            reservations.release(reserved);
        }
    }

    private static List<PortRequest> requests(String container, Service service) {
        return service.ports().stream().map(port -> request(container, port)).toList();
    }

    private static PortRequest request(String container, PortMapping port) {
        PortRange range = PortRange.of(port);
        String ip = port.hostIp();
        IpAddress hostIp = ip == null || ip.isEmpty() ? null : IpAddress.parse(ip);
        return new PortRequest(container, Protocol.parse(port.protocol()), hostIp, range.first(), range.last());
    }
}
