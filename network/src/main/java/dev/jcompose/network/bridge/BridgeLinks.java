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
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.IpamPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bridges in the kernel. */
final class BridgeLinks implements NetworkLinks {
    private final RtNetlink netlink;
    private final OwnLinks own;
    private final HostNetwork host;

    BridgeLinks(RtNetlink netlink, OwnLinks own, HostNetwork host) {
        this.netlink = netlink;
        this.own = own;
        this.host = host;
    }

    /** The one that the Compose file gives, or a hash. */
    @Override
    public String name(NetworkSpec spec) {
        String given = spec.options().bridgeName();
        return given != null ? given : "jc-" + own.hash(spec.id());
    }

    @Override
    public Optional<LinkInfo> find(NetworkSpec spec) throws NetworkException, ErrnoException {
        Optional<LinkInfo> link = netlink.link(name(spec));
        if (link.isPresent() && !own.isOf(link.get(), spec.id())) {
            throw new NetworkException("cannot make network \"%s\": interface \"%s\" exists and is not its bridge"
                    .formatted(spec.name(), name(spec)));
        }
        return link;
    }

    @Override
    public List<IpamPool> pools(LinkInfo bridge) throws ErrnoException {
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

    @Override
    public int defaultMtu(NetworkSpec spec) throws ErrnoException {
        return host.uplinkMtu();
    }

    @Override
    public LinkInfo ensure(ContainerNetwork network) throws NetworkException, ErrnoException {
        NetworkSpec spec = network.spec();
        Optional<LinkInfo> existing = find(spec);
        LinkInfo bridge = existing.isPresent() ? existing.get() : create(spec, network.mtuBytes());
        Sysctl.prepareBridge(network.link(), !spec.internal() && spec.enableIpv4(), spec.enableIpv6());
        configure(bridge.index(), network);
        return bridge;
    }

    /** Makes the bridge, down and without addresses yet. */
    private LinkInfo create(NetworkSpec spec, int mtuBytes) throws ErrnoException {
        String name = name(spec);
        netlink.run(
                // With an address of its own it does not take over that of each port that comes and goes.
                RtRequests.addBridge(new LinkSettings()
                        .name(name)
                        .mtu(mtuBytes)
                        .group(own.group(spec.id()))
                        .address(MacAddress.hashed(spec.id()).bytes())),
                RtRequests.setLink(name, new LinkSettings().alias(own.alias(spec.id()))));
        return netlink.link(name).orElseThrow(() -> new ErrnoException("ip link show " + name, Errno.ENODEV.number()));
    }

    /** Gives it the gateway addresses and brings it up; addresses that it has are left alone. */
    private void configure(int index, ContainerNetwork network) throws ErrnoException {
        DriverOptions options = network.spec().options();
        for (IpamPool pool : network.pools()) {
            if (!options.hasHostAddress(pool.subnet().v6())) {
                continue;
            }
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
        if (network.pools().stream().noneMatch(pool -> pool.subnet().v6())) {
            requests.add(RtRequests.setLink(index, new LinkSettings().withoutLinkLocal()));
        }
        requests.add(RtRequests.setLink(index, new LinkSettings().up()));
        netlink.run(requests);
    }
}
