package dev.jcompose.network.bridge;

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

    /**
     * One cable.
     *
     * @param group of links that the network's are in
     */
    record Cable(int bridgeIndex, int group, int mtuBytes, Attachment attachment) {}

    /**
     * Ties the namespace of process {@code pid} to its bridges; undoes what it did when a step fails. All of it is done
     * by the thread that enters the namespace: on a busy machine it costs more to hand over than to do.
     */
    void connect(int pid, List<Cable> cables) throws IOException {
        try {
            new NetworkNamespace(linux, pid).call(() -> {
                Sysctl.prepareContainer(linux);
                List<NetlinkRequest> requests = new ArrayList<>();
                requests.add(RtRequests.setLink(LOOPBACK_INDEX, new LinkSettings().up()));
                for (Cable cable : cables) {
                    configure(requests, plug(pid, cable), cable.attachment());
                }
                try (RtNetlink netlink = RtNetlink.open(linux)) {
                    netlink.run(requests);
                }
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

    /** Makes the pair, and returns the index of the container's end. */
    private int plug(int pid, Cable cable) throws ErrnoException {
        Attachment attachment = cable.attachment();
        LinkSettings outside = new LinkSettings()
                .name(attachment.hostInterface())
                .mtu(cable.mtuBytes())
                .singleQueue()
                .group(cable.group())
                .master(cable.bridgeIndex())
                .up();
        LinkSettings inside = new LinkSettings()
                .name(attachment.interfaceName())
                .mtu(cable.mtuBytes())
                .singleQueue()
                .address(attachment.mac().bytes())
                .netns(pid);
        return host.addVeth(
                List.of(
                        RtRequests.addVeth(outside, inside),
                        RtRequests.setLink(attachment.hostInterface(), new LinkSettings().withoutLinkLocal())),
                attachment.hostInterface());
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
