package dev.jcompose.network.bridge;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.StableHash;
import dev.jcompose.network.ipam.AddressPool;
import dev.jcompose.network.ipam.IpamPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A network while the engine runs: its bridge's index, its address pools, and who is on it. Thread-safe. */
final class ActiveNetwork {
    private final BridgeNetwork network;
    private final int bridgeIndex;
    private final List<AddressPool> pools;
    /** By host interface. */
    private final Map<String, Attachment> attachments = new ConcurrentHashMap<>();

    ActiveNetwork(BridgeNetwork network, int bridgeIndex) {
        this.network = network;
        this.bridgeIndex = bridgeIndex;
        pools = network.pools().stream()
                .map(pool -> new AddressPool(network.spec().name(), pool))
                .toList();
    }

    BridgeNetwork network() {
        return network;
    }

    int bridgeIndex() {
        return bridgeIndex;
    }

    List<Attachment> attachments() {
        return List.copyOf(attachments.values());
    }

    /**
     * Decides addresses and names; the kernel knows nothing of it yet. The host's interface has another name each time:
     * the one before lives on until the kernel has taken down the namespace of the container's last run.
     */
    Attachment assign(AttachmentSpec spec) throws NetworkException {
        NetworkSpec about = network.spec();
        attachments().stream()
                .filter(before -> before.containerId().equals(spec.containerId()))
                .forEach(this::release);
        List<AssignedAddress> addresses = new ArrayList<>();
        try {
            requireFamily(spec.ipv4(), spec);
            requireFamily(spec.ipv6(), spec);
            for (int i = 0; i < pools.size(); i++) {
                IpamPool pool = network.pools().get(i);
                IpAddress wanted = pool.subnet().v6() ? spec.ipv6() : spec.ipv4();
                IpAddress address = wanted == null
                        ? pools.get(i).allocate(spec.containerName())
                        : pools.get(i).claim(wanted, spec.containerName());
                boolean routed = spec.defaultRoute() && !about.internal();
                addresses.add(new AssignedAddress(
                        address, pool.subnet().prefixLength(), routed ? pool.gatewayOrFirst() : null));
            }
        } catch (NetworkException e) {
            addresses.forEach(this::release);
            throw e;
        }
        MacAddress mac = spec.mac() == null ? MacAddress.of(addresses.get(0).address()) : spec.mac();
        Attachment attachment = new Attachment(
                about.id(),
                about.name(),
                spec.containerId(),
                spec.containerName(),
                "jcv" + StableHash.hex(spec.containerId() + about.id() + System.nanoTime(), 10),
                spec.interfaceName(),
                mac,
                addresses);
        attachments.put(attachment.hostInterface(), attachment);
        return attachment;
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
        attachments.put(attachment.hostInterface(), attachment);
    }

    void release(Attachment attachment) {
        if (attachments.remove(attachment.hostInterface()) != null) {
            attachment.addresses().forEach(this::release);
        }
    }

    private void release(AssignedAddress assigned) {
        pools.stream()
                .filter(pool -> pool.contains(assigned.address()))
                .forEach(pool -> pool.release(assigned.address()));
    }

    private void requireFamily(@Nullable IpAddress wanted, AttachmentSpec spec) throws NetworkException {
        if (wanted != null
                && network.pools().stream().noneMatch(pool -> pool.subnet().v6() == wanted.v6())) {
            throw new NetworkException("address %s of \"%s\" is not of a family that network \"%s\" has"
                    .formatted(wanted, spec.containerName(), network.spec().name()));
        }
    }
}
