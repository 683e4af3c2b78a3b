package dev.jcompose.network.bridge;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.netlink.IpvlanMode;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.StableHash;
import dev.jcompose.network.ipam.IpamPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The cables between networks and containers: veth pairs to bridges, links over a parent. The container's end is made
 * in its namespace at once, with its name and address; the rest is said there through a netlink socket of that
 * namespace, so that no thread need enter it.
 */
final class Cables {
    private static final int IPV4_LINK_LOCAL_PREFIX = 16;
    private static final int IPV6_LINK_LOCAL_PREFIX = 64;

    private final Linux linux;
    private final RtNetlink host;

    Cables(Linux linux, RtNetlink host) {
        this.linux = linux;
        this.host = host;
    }

    /**
     * Ties a namespace to its networks; undoes what it did when a step fails.
     *
     * @param inside works on that namespace
     */
    void connect(NetworkNamespace namespace, List<Cable> cables, RtNetlink inside) throws IOException {
        try {
            List<NetlinkRequest> requests = new ArrayList<>();
            for (Cable cable : cables) {
                int index = plug(namespace, cable, inside);
                if (hasSettings(cable)) {
                    namespace.call(() -> set(cable));
                }
                configure(requests, index, cable);
            }
            if (!requests.isEmpty()) {
                inside.run(requests);
            }
            bringUp(cables);
        } catch (IOException | RuntimeException e) {
            for (Cable cable : cables) {
                unplug(cable.attachment(), e);
            }
            throw e;
        }
    }

    /**
     * The host's ends come up last: as soon as both ends of a pair are up the kernel sees to their queues on another
     * processor, and any request meanwhile would wait for that.
     */
    private void bringUp(List<Cable> cables) throws ErrnoException {
        List<NetlinkRequest> ends = new ArrayList<>();
        for (Cable cable : cables) {
            if (!cable.about().driver().hasParent()) {
                String end = cable.attachment().hostInterface();
                if (!cable.about().options().communication()) {
                    ends.add(RtRequests.setIsolated(end));
                }
                ends.add(RtRequests.setLink(
                        end, new LinkSettings().withoutLinkLocal().up()));
            }
        }
        if (!ends.isEmpty()) {
            host.run(ends);
        }
    }

    /** The same where there is no socket in the namespace yet. */
    void connect(int pid, List<Cable> cables) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(linux, pid);
                RtNetlink inside = namespace.call(() -> RtNetlink.open(linux))) {
            connect(namespace, cables, inside);
        }
    }

    /** Removes a container's interface, and with it the host's end; one that is gone is removed already. */
    void remove(int pid, String interfaceName) throws IOException {
        try (RtNetlink inside = open(pid)) {
            inside.deleteLink(interfaceName);
        }
    }

    /** Leads the default routes of a running container over an interface that it has, instead of another. */
    void route(int pid, ContainerNetwork network, Attachment attachment) throws IOException {
        try (RtNetlink inside = open(pid)) {
            int index = inside.link(attachment.interfaceName()).orElseThrow().index();
            List<NetlinkRequest> requests = new ArrayList<>();
            for (AssignedAddress assigned : attachment.addresses()) {
                route(requests, index, network.spec(), assigned);
            }
            inside.run(requests);
        }
    }

    private RtNetlink open(int pid) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(linux, pid)) {
            return namespace.call(() -> RtNetlink.open(linux));
        }
    }

    /**
     * A name for a host's end. It is another one each time: the one before lives on until the kernel has taken down the
     * namespace of the container's last run.
     */
    static String newHostInterface(String seed) {
        return "jcv" + StableHash.hex(seed + System.nanoTime(), 10);
    }

    /** {@code SETTINGS} as a link over a parent, by the network's driver. */
    static NetlinkRequest over(int parentIndex, NetworkSpec spec, LinkSettings settings) {
        DriverOptions options = spec.options();
        settings.parent(parentIndex);
        return spec.driver() == NetworkDriver.IPVLAN
                ? RtRequests.addIpvlan(settings, options.ipvlanMode(), options.ipvlanFlag())
                : RtRequests.addMacvlan(settings, options.macvlanMode());
    }

    /** Makes the container's end, and the host's where there is one; returns the index of the container's. */
    private int plug(NetworkNamespace namespace, Cable cable, RtNetlink inside) throws ErrnoException {
        Attachment attachment = cable.attachment();
        LinkSettings settings = new LinkSettings()
                .name(attachment.interfaceName())
                .mtu(cable.network().mtuBytes());
        if (!cable.about().sharesAddress()) {
            settings.address(attachment.mac().bytes());
        }
        if (cable.about().driver().hasParent()) {
            host.run(over(cable.linkIndex(), cable.about(), settings.netns(namespace.descriptor())));
            return inside.link(attachment.interfaceName()).orElseThrow().index();
        }
        LinkSettings outside = new LinkSettings()
                .mtu(cable.network().mtuBytes())
                .group(cable.group())
                .master(cable.linkIndex());
        SpareCable spare = cable.spare();
        if (spare != null && spare.take(host, outside, inside, settings)) {
            return spare.index();
        }
        outside.name(attachment.hostInterface()).singleQueue();
        settings.netns(namespace.descriptor()).singleQueue();
        return host.addVeth(RtRequests.addVeth(outside, settings), attachment.hostInterface());
    }

    private static boolean hasSettings(Cable cable) {
        return cable.attachment().ipv6().isPresent() || !cable.spec().sysctls().isEmpty();
    }

    private Cable set(Cable cable) throws IOException {
        String name = cable.attachment().interfaceName();
        if (cable.attachment().ipv6().isPresent()) {
            Sysctl.enableIpv6(linux, name);
        }
        for (InterfaceSysctl sysctl : cable.spec().sysctls()) {
            Sysctl.apply(linux, name, sysctl);
        }
        return cable;
    }

    private static void configure(List<NetlinkRequest> requests, int index, Cable cable) {
        Attachment attachment = cable.attachment();
        if (attachment.ipv6().isEmpty() && cable.spec().linkLocal().stream().noneMatch(IpAddress::v6)) {
            requests.add(RtRequests.setLink(index, new LinkSettings().withoutLinkLocal()));
        }
        for (AssignedAddress assigned : attachment.addresses()) {
            requests.add(RtRequests.addAddress(index, assigned.address().bytes(), assigned.prefixLength()));
        }
        for (IpAddress address : cable.spec().linkLocal()) {
            int prefixLength = address.v6() ? IPV6_LINK_LOCAL_PREFIX : IPV4_LINK_LOCAL_PREFIX;
            requests.add(RtRequests.addAddress(index, address.bytes(), prefixLength));
        }
        requests.add(RtRequests.setLink(index, new LinkSettings().up()));
        for (IpamPool pool : cable.neighbours()) {
            requests.add(RtRequests.addLinkRoute(
                    pool.subnet().address().bytes(), pool.subnet().prefixLength(), index));
        }
        for (AssignedAddress assigned : attachment.addresses()) {
            route(requests, index, cable.about(), assigned);
        }
    }

    private static void route(List<NetlinkRequest> requests, int index, NetworkSpec about, AssignedAddress assigned) {
        if (assigned.gateway() == null) {
            return;
        }
        boolean router =
                about.driver() == NetworkDriver.IPVLAN && about.options().ipvlanMode() != IpvlanMode.L2;
        requests.add(
                router
                        ? RtRequests.replaceDefaultLink(
                                assigned.address().v6() ? SocketCalls.AF_INET6 : SocketCalls.AF_INET, index)
                        : RtRequests.replaceDefault(assigned.gateway().bytes(), index));
    }

    private void unplug(Attachment attachment, Exception failure) {
        try {
            host.deleteLink(attachment.hostInterface());
        } catch (ErrnoException e) {
            failure.addSuppressed(e);
        }
    }
}
