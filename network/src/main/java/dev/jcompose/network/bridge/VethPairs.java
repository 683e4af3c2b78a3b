package dev.jcompose.network.bridge;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The cables between bridges and containers. The container's end is made in its namespace at once, with its name and
 * address; the rest is said there through one netlink socket, on a thread of its own.
 */
final class VethPairs {
    private static final int LOOPBACK_INDEX = 1;

    private final Linux linux;
    private final RtNetlink host;

    VethPairs(Linux linux, RtNetlink host) {
        this.linux = linux;
        this.host = host;
    }

    /** One cable: which bridge it is plugged into, and what comes of it in the container. */
    record Cable(int bridgeIndex, int mtuBytes, Attachment attachment) {}

    /** Ties the namespace of process {@code pid} to its bridges; undoes what it did when a step fails. */
    void connect(int pid, List<Cable> cables) throws IOException {
        try {
            for (Cable cable : cables) {
                plug(pid, cable);
            }
            new NetworkNamespace(linux, pid).call(() -> {
                Sysctl.prepareContainer();
                configure(cables);
                return cables;
            });
        } catch (IOException | RuntimeException e) {
            for (Cable cable : cables) {
                unplug(cable.attachment(), e);
            }
            throw e;
        }
    }

    /** Only loopback and settings: for a container without a network. */
    void prepare(int pid) throws IOException {
        connect(pid, List.of());
    }

    /** Removes the host's end and with it the container's; false when it was gone. */
    boolean disconnect(Attachment attachment) throws ErrnoException {
        return host.deleteLink(attachment.hostInterface());
    }

    private void plug(int pid, Cable cable) throws ErrnoException {
        Attachment attachment = cable.attachment();
        LinkSettings outside = new LinkSettings()
                .name(attachment.hostInterface())
                .mtu(cable.mtuBytes())
                .singleQueue()
                .master(cable.bridgeIndex())
                .up();
        LinkSettings inside = new LinkSettings()
                .name(attachment.interfaceName())
                .mtu(cable.mtuBytes())
                .singleQueue()
                .address(attachment.mac().bytes())
                .netns(pid);
        NetlinkRequest add = RtRequests.addVeth(outside, inside);
        NetlinkRequest quiet = RtRequests.setLink(attachment.hostInterface(), new LinkSettings().withoutLinkLocal());
        try {
            host.run(add, quiet);
        } catch (ErrnoException e) {
            // The name is a hash of container and network: a pair that has it is what a crash left of this very one.
            if (!e.is(Errno.EEXIST) || !host.deleteLink(attachment.hostInterface())) {
                throw e;
            }
            host.run(add, quiet);
        }
    }

    private void configure(List<Cable> cables) throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            List<NetlinkRequest> requests = new ArrayList<>();
            requests.add(RtRequests.setLink(LOOPBACK_INDEX, new LinkSettings().up()));
            for (Cable cable : cables) {
                String name = cable.attachment().interfaceName();
                int index = netlink.link(name)
                        .orElseThrow(() -> new ErrnoException("ip link show " + name, Errno.ENODEV.number()))
                        .index();
                configure(requests, index, cable.attachment());
            }
            netlink.run(requests);
        }
    }

    private static void configure(List<NetlinkRequest> requests, int index, Attachment attachment) {
        if (attachment.ipv6().isEmpty()) {
            requests.add(RtRequests.setLink(index, new LinkSettings().withoutLinkLocal()));
        }
        for (AssignedAddress assigned : attachment.addresses()) {
            requests.add(RtRequests.addAddress(index, assigned.address().bytes(), assigned.prefixLength()));
        }
        requests.add(RtRequests.setLink(index, new LinkSettings().up()));
        for (AssignedAddress assigned : attachment.addresses()) {
            if (assigned.gateway() != null) {
                byte[] gateway = assigned.gateway().bytes();
                requests.add(RtRequests.addRoute(new byte[gateway.length], 0, gateway, index));
            }
        }
    }

    private void unplug(Attachment attachment, Exception failure) {
        try {
            host.deleteLink(attachment.hostInterface());
        } catch (ErrnoException e) {
            failure.addSuppressed(e);
        }
    }
}
