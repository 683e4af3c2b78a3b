package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.ipam.AddressPool;
import dev.jcompose.network.ipam.IpamPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A network while the engine runs: its link, its address pools, and who is on it. Thread-safe. */
final class ActiveNetwork {
    /** {@code BR_MAX_PORTS} of the kernel, which numbers them from 1. */
    private static final int BRIDGE_PORTS = 1023;

    private final ContainerNetwork network;
    private final LinkInfo link;
    private final List<AddressPool> pools;
    /** By container id: one that starts again takes the place that it had. */
    private final Map<String, Attachment> attachments = new ConcurrentHashMap<>();

    ActiveNetwork(ContainerNetwork network, LinkInfo link) {
        this.network = network;
        this.link = link;
        pools = network.pools().stream()
                .map(pool -> new AddressPool(network.spec().name(), pool))
                .toList();
    }

    ContainerNetwork network() {
        return network;
    }

    int linkIndex() {
        return link.index();
    }

    List<Attachment> attachments() {
        return List.copyOf(attachments.values());
    }

    /** How a container is on it, if it is. */
    Optional<Attachment> attachment(String containerId) {
        return Optional.ofNullable(attachments.get(containerId));
    }

    /** Decides addresses; the kernel knows nothing of it yet. */
    Attachment assign(AttachmentSpec spec, String hostInterface) throws NetworkException {
        NetworkSpec about = network.spec();
        Attachment before = attachments.get(spec.containerId());
        if (before != null) {
            release(before);
        }
        if (spec.mac() != null && about.sharesAddress()) {
            throw new NetworkException("mac_address %s of \"%s\": %s network \"%s\" has only that of its parent"
                    .formatted(spec.mac(), spec.containerName(), about.driver(), about.name()));
        }
        if (about.driver() == NetworkDriver.BRIDGE && attachments.size() >= BRIDGE_PORTS) {
            throw new NetworkException(
                    "network \"%s\" cannot have \"%s\" too: its %d containers are all that a bridge of the"
                                    .formatted(about.name(), spec.containerName(), attachments.size())
                            + " kernel takes; spread the services over several networks");
        }
        List<AssignedAddress> addresses = new ArrayList<>();
        try {
            address(false, spec.ipv4(), spec, addresses);
            address(true, spec.ipv6(), spec, addresses);
        } catch (NetworkException e) {
            addresses.forEach(this::release);
            throw e;
        }
        Attachment attachment = new Attachment(
                about.id(),
                about.name(),
                spec.containerId(),
                spec.containerName(),
                hostInterface,
                spec.interfaceName(),
                mac(spec, addresses.get(0)),
                addresses);
        attachments.put(attachment.containerId(), attachment);
        return attachment;
    }

    private MacAddress mac(AttachmentSpec spec, AssignedAddress first) {
        if (spec.mac() != null) {
            return spec.mac();
        }
        boolean shared = network.spec().sharesAddress() && !link.address().isEmpty();
        return shared ? MacAddress.parse(link.address()) : MacAddress.of(first.address());
    }

    private void address(boolean v6, @Nullable IpAddress wanted, AttachmentSpec spec, List<AssignedAddress> addresses)
            throws NetworkException {
        NetworkException failure = null;
        for (int i = 0; i < pools.size(); i++) {
            IpamPool pool = network.pools().get(i);
            if (pool.subnet().v6() != v6 || (wanted != null && !pool.subnet().contains(wanted))) {
                continue;
            }
            try {
                IpAddress address = wanted == null
                        ? pools.get(i).allocate(spec.containerName(), spec.avoid())
                        : pools.get(i).claim(wanted, spec.containerName());
                boolean routed = spec.isDefault(v6) && !network.spec().internal();
                addresses.add(
                        new AssignedAddress(address, pool.subnet().prefixLength(), routed ? pool.routeTarget() : null));
                return;
            } catch (NetworkException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw wanted == null && network.spec().pools().isEmpty()
                    ? new NetworkException(failure.getMessage()
                            + "; it gets a larger subnet when it is made anew (down, up) for more containers, or by"
                            + " ipam.config")
                    : failure;
        }
        if (wanted != null) {
            throw new NetworkException("address %s of \"%s\" is in no subnet of network \"%s\", which has %s"
                    .formatted(
                            wanted,
                            spec.containerName(),
                            network.spec().name(),
                            network.pools().stream().map(IpamPool::subnet).toList()));
        }
    }

    /** The attachment with the gateways of those families of which the way outside leads over this network. */
    Attachment route(Attachment attachment, Outside outside) {
        List<AssignedAddress> routed = attachment.addresses().stream()
                .map(assigned -> new AssignedAddress(
                        assigned.address(),
                        assigned.prefixLength(),
                        outside.isOver(network.spec().name(), assigned.address().v6()) ? gateway(assigned) : null))
                .toList();
        return attachment.withAddresses(routed);
    }

    private @Nullable IpAddress gateway(AssignedAddress assigned) {
        return network.spec().internal()
                ? null
                : network.pools().stream()
                        .filter(pool -> pool.subnet().contains(assigned.address()))
                        .findFirst()
                        .map(IpamPool::routeTarget)
                        .orElse(assigned.gateway());
    }

    /** Notes what has changed of an attachment. */
    void replace(Attachment attachment) {
        attachments.put(attachment.containerId(), attachment);
    }

    /** Takes back an attachment that exists in the kernel already. */
    void restore(Attachment attachment) throws NetworkException {
        for (AssignedAddress assigned : attachment.addresses()) {
            for (AddressPool pool : pools) {
                if (pool.contains(assigned.address())) {
                    pool.claim(assigned.address(), attachment.containerName());
                }
            }
        }
        attachments.put(attachment.containerId(), attachment);
    }

    /** Keeps the addresses of a container that does not run, for as long as others need not have them. */
    void remember(Attachment attachment) {
        for (AssignedAddress assigned : attachment.addresses()) {
            pools.stream()
                    .filter(pool -> pool.contains(assigned.address()))
                    .forEach(pool -> pool.remember(assigned.address(), attachment.containerName()));
        }
    }

    void release(Attachment attachment) {
        if (attachments.remove(attachment.containerId(), attachment)) {
            attachment.addresses().forEach(this::release);
        }
    }

    private void release(AssignedAddress assigned) {
        pools.stream()
                .filter(pool -> pool.contains(assigned.address()))
                .forEach(pool -> pool.release(assigned.address()));
    }
}
