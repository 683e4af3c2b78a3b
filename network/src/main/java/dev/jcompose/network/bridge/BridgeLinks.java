package dev.jcompose.network.bridge;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.AddressInfo;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.StableHash;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.IpamPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The bridges in the kernel. Ours carry engine and network in their alias, which {@code ip link} shows; a link that
 * does not is somebody else's, and never touched.
 */
final class BridgeLinks {
    private final RtNetlink netlink;
    private final String owner;

    /** @param owner the engine; another engine's bridges are none of ours */
    BridgeLinks(RtNetlink netlink, String owner) {
        this.netlink = netlink;
        this.owner = owner;
    }

    /** The bridge's interface name: the one that the Compose file gives, or a hash. */
    String name(NetworkSpec spec) {
        return spec.bridgeName() != null ? spec.bridgeName() : "jc-" + StableHash.hex(alias(spec.id()), 10);
    }

    /**
     * The bridge of this network, when it exists.
     *
     * @throws NetworkException if a link of that name belongs to somebody else
     */
    Optional<LinkInfo> find(NetworkSpec spec) throws NetworkException, ErrnoException {
        Optional<LinkInfo> link = netlink.link(name(spec));
        if (link.isPresent() && !link.get().alias().equals(alias(spec.id()))) {
            throw new NetworkException("cannot make network \"%s\": interface \"%s\" exists and is not its bridge"
                    .formatted(spec.name(), name(spec)));
        }
        return link;
    }

    /** The subnets that a bridge has, by its addresses. */
    List<IpamPool> pools(LinkInfo bridge) throws ErrnoException {
        List<IpamPool> pools = new ArrayList<>();
        for (AddressInfo info : netlink.addresses()) {
            if (info.linkIndex() == bridge.index() && !info.address().isLinkLocalAddress()) {
                IpAddress gateway = IpAddress.of(info.address());
                Subnet subnet = Subnet.around(gateway, info.prefixLength());
                pools.add(new IpamPool(subnet, null, gateway, Map.of()));
            }
        }
        return pools;
    }

    /** Makes the bridge, down and without addresses yet, and returns its index. */
    int create(NetworkSpec spec, int mtuBytes) throws ErrnoException {
        String name = name(spec);
        netlink.run(
                // With an address of its own it does not take over that of each port that comes and goes.
                RtRequests.addBridge(new LinkSettings()
                        .name(name)
                        .mtu(mtuBytes)
                        .group(group(spec.id()))
                        .address(MacAddress.hashed(spec.id()).bytes())),
                RtRequests.setLink(name, new LinkSettings().alias(alias(spec.id()))));
        return netlink.link(name)
                .orElseThrow(() -> new ErrnoException("ip link show " + name, Errno.ENODEV.number()))
                .index();
    }

    /** Gives it the gateway addresses and brings it up; addresses that it has are left alone. */
    void configure(int index, List<IpamPool> pools) throws ErrnoException {
        boolean v6 = pools.stream().anyMatch(pool -> pool.subnet().v6());
        for (IpamPool pool : pools) {
            try {
                netlink.run(RtRequests.addAddress(
                        index, pool.gatewayOrFirst().bytes(), pool.subnet().prefixLength()));
            } catch (ErrnoException e) {
                if (!e.is(Errno.EEXIST)) {
                    throw e;
                }
            }
        }
        List<NetlinkRequest> requests = new ArrayList<>();
        if (!v6) {
            requests.add(RtRequests.setLink(index, new LinkSettings().withoutLinkLocal()));
        }
        requests.add(RtRequests.setLink(index, new LinkSettings().up()));
        netlink.run(requests);
    }

    /** Removes the bridge and all cables that are plugged into it; one that is gone is removed already. */
    void remove(String networkId) throws ErrnoException {
        netlink.deleteGroup(group(networkId));
    }

    /** Bridge and cables of a network are one group of links: the kernel removes them together in the time of one. */
    int group(String networkId) {
        return 1 + (int) StableHash.below(alias(networkId), Integer.MAX_VALUE);
    }

    /** Bridges of this engine by the network's id, whether or not anybody remembers them. */
    Map<String, LinkInfo> existing() throws ErrnoException {
        return netlink.links().stream()
                .filter(link -> link.kind().equals("bridge") && link.alias().startsWith(alias("")))
                .collect(Collectors.toMap(
                        link -> link.alias().substring(alias("").length()), link -> link));
    }

    private String alias(String networkId) {
        return owner + ":" + networkId;
    }
}
