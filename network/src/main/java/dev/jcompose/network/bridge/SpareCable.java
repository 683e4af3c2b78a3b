package dev.jcompose.network.bridge;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A veth pair that was made before anybody needed it: to make one is half of what it takes to attach a container. Both
 * ends are down, and the container's waits in a namespace that nobody has used. The pair goes with that namespace, or
 * with the network whose group it is in.
 *
 * @param index of the container's end
 * @param hostInterface the host's end; until somebody takes the pair, the alias of the container's end
 */
record SpareCable(int index, String hostInterface) {
    /** What most containers call it: another name takes the kernel a while. */
    private static final String INTERFACE = "eth0";

    /**
     * Makes the pair; when this fails, the namespace is of no use. The host's end has no IPv6, which a port of a bridge
     * needs none of: to bring it up, the kernel would look at each route of all others.
     *
     * @param group that of the network
     */
    static void lay(RtNetlink host, ContainerNetwork network, int group, NetworkNamespace namespace, RtNetlink inside)
            throws IOException {
        String end = Cables.newHostInterface(network.spec().id());
        LinkSettings outside =
                new LinkSettings().name(end).mtu(network.mtuBytes()).group(group);
        LinkSettings settings =
                new LinkSettings().name(INTERFACE).mtu(network.mtuBytes()).netns(namespace.descriptor());
        host.run(RtRequests.addVeth(outside.singleQueue(), settings.singleQueue()));
        Sysctl.disableIpv6(end);
        inside.run(RtRequests.setLink(INTERFACE, new LinkSettings().alias(end)));
    }

    /**
     * The one in a namespace that nobody has used, if there is one.
     *
     * @param first network of the container: if that has no bridge, the pair is removed, which takes the kernel tens of
     *     milliseconds
     */
    static @Nullable SpareCable find(RtNetlink inside, ContainerNetwork first) throws ErrnoException {
        Optional<LinkInfo> link = inside.link(INTERFACE);
        if (link.isEmpty()) {
            return null;
        }
        if (first.spec().driver().hasParent()) {
            inside.deleteLink(INTERFACE);
            return null;
        }
        return new SpareCable(link.get().index(), link.get().alias());
    }

    /**
     * Makes it a network's own.
     *
     * @param outside the host's end as it is to be
     * @param settings of the container's end
     * @return false when it went with its network meanwhile
     */
    boolean take(RtNetlink host, LinkSettings outside, RtNetlink inside, LinkSettings settings) throws ErrnoException {
        try {
            host.run(RtRequests.setLink(hostInterface, outside));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENODEV)) {
                return false;
            }
            throw e;
        }
        inside.run(RtRequests.setLink(index, settings.alias("")));
        return true;
    }
}
