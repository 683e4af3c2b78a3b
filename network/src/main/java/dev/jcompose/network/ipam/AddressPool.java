package dev.jcompose.network.ipam;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.StableHash;
import dev.jcompose.network.Subnet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The addresses of one subnet of a network. A container's name says where the search for its address begins, and its
 * last address is remembered for as long as others need not have it: so it gets the same one again. Thread-safe.
 */
public final class AddressPool {
    private final String network;
    private final Subnet subnet;
    private final Subnet range;
    private final Set<IpAddress> reserved = new HashSet<>();
    private final Map<IpAddress, String> owners = new HashMap<>();
    private final Map<String, IpAddress> remembered = new HashMap<>();
    private final Map<IpAddress, String> rememberedOwners = new HashMap<>();

    /** @param network the network's name, for errors */
    public AddressPool(String network, IpamPool pool) {
        this.network = network;
        subnet = pool.subnet();
        range = pool.range();
        reserved.add(subnet.address());
        if (!subnet.v6()) {
            reserved.add(subnet.last());
        }
        reserved.add(pool.gatewayOrFirst());
        reserved.addAll(pool.auxAddresses().values());
    }

    /** Whether the address is of this subnet. */
    public boolean contains(IpAddress address) {
        return subnet.contains(address);
    }

    /**
     * An address for a container that asks for none in particular.
     *
     * @param container its name
     * @param avoid addresses that are meant for others
     * @throws NetworkException if all are taken
     */
    public synchronized IpAddress allocate(String container, Set<IpAddress> avoid) throws NetworkException {
        IpAddress last = remembered.get(container);
        if (last != null && !owners.containsKey(last) && !avoid.contains(last)) {
            return own(last, container);
        }
        IpAddress second = null;
        long start = StableHash.below(container, range.size());
        for (long i = 0; i < range.size() && i <= tries() + avoid.size(); i++) {
            IpAddress candidate = range.address().plus((start + i) % range.size());
            if (reserved.contains(candidate) || owners.containsKey(candidate) || avoid.contains(candidate)) {
                continue;
            }
            if (!rememberedOwners.containsKey(candidate)) {
                return own(candidate, container);
            }
            second = second == null ? candidate : second;
        }
        if (second != null) {
            return own(second, container);
        }
        throw new NetworkException("network \"%s\" has no free address for \"%s\": all %d of %s are taken%s"
                .formatted(
                        network,
                        container,
                        owners.keySet().stream().filter(range::contains).count(),
                        range,
                        avoid.stream().anyMatch(range::contains) ? " or meant for other services" : ""));
    }

    /**
     * A certain address, because the Compose file asks for it or because the container has it already.
     *
     * @throws NetworkException if it is not of the subnet, or taken
     */
    public synchronized IpAddress claim(IpAddress address, String container) throws NetworkException {
        if (!subnet.contains(address)) {
            throw new NetworkException("address %s of \"%s\" is not in the subnet %s of network \"%s\""
                    .formatted(address, container, subnet, network));
        }
        if (reserved.contains(address)) {
            throw new NetworkException("address %s of \"%s\" is reserved in network \"%s\": it is the gateway, the"
                            .formatted(address, container, network)
                    + " first or last address, or one of aux_addresses");
        }
        String owner = owners.get(address);
        if (owner != null && !owner.equals(container)) {
            throw new NetworkException("address %s of \"%s\" is taken in network \"%s\" by \"%s\""
                    .formatted(address, container, network, owner));
        }
        return own(address, container);
    }

    /** Keeps an address for a container that had it, as long as others need not have it. */
    public synchronized void remember(IpAddress address, String container) {
        boolean others = owners.containsKey(address) || rememberedOwners.containsKey(address);
        if (!others && range.contains(address) && !remembered.containsKey(container)) {
            remembered.put(container, address);
            rememberedOwners.put(address, container);
        }
    }

    /** Gives an address back; it is still remembered for the container that had it. */
    public synchronized void release(IpAddress address) {
        owners.remove(address);
    }

    private IpAddress own(IpAddress address, String container) {
        String before = rememberedOwners.put(address, container);
        if (before != null && !before.equals(container)) {
            remembered.remove(before);
        }
        IpAddress old = remembered.put(container, address);
        if (old != null && !old.equals(address)) {
            rememberedOwners.remove(old);
        }
        owners.put(address, container);
        return address;
    }

    private long tries() {
        return (long) reserved.size() + owners.size() + rememberedOwners.size();
    }
}
