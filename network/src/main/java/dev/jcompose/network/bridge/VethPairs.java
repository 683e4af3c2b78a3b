package dev.jcompose.network.bridge;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
     * Ties the namespace of process {@code pid} to its bridges; undoes what it did when a step fails. While the kernel
     * makes the veth pairs, the other thread is on its way into the namespace.
     */
    void connect(int pid, List<Cable> cables) throws IOException {
        CompletableFuture<List<Integer>> plugged = new CompletableFuture<>();
        NetworkNamespace.Started<List<Cable>> inside = new NetworkNamespace(linux, pid).start(() -> {
            Sysctl.prepareContainer(linux);
            try (RtNetlink netlink = RtNetlink.open(linux)) {
                netlink.run(configuration(plugged.join(), cables));
            }
            return cables;
        });
        try {
            List<Integer> indexes = new ArrayList<>();
            for (Cable cable : cables) {
                indexes.add(plug(pid, cable));
            }
            plugged.complete(indexes);
            inside.await();
        } catch (IOException | RuntimeException e) {
            plugged.completeExceptionally(e);
            for (Cable cable : cables) {
                unplug(cable.attachment(), e);
            }
            throw e;
        } finally {
            // Whatever happened, the other thread must not wait for ever.
            plugged.cancel(false);
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
        LinkInfo made = host.runAndGet(
                List.of(
                        RtRequests.addVeth(outside, inside),
                        RtRequests.setLink(attachment.hostInterface(), new LinkSettings().withoutLinkLocal())),
                attachment.hostInterface());
        return made.peer();
    }

    private static List<NetlinkRequest> configuration(List<Integer> indexes, List<Cable> cables) {
        List<NetlinkRequest> requests = new ArrayList<>();
        requests.add(RtRequests.setLink(LOOPBACK_INDEX, new LinkSettings().up()));
        for (int i = 0; i < cables.size(); i++) {
            configure(requests, indexes.get(i), cables.get(i).attachment());
        }
        return requests;
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
