package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.network.ipam.IpamPool;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The link of the host that a network's containers are tied to; one for each way of making networks. */
sealed interface NetworkLinks permits BridgeLinks, ParentLinks {

    /** The interface's name. */
    String name(NetworkSpec spec);

    /**
     * The link, when it exists.
     *
     * @throws dev.jcompose.network.NetworkException if a link of that name cannot be this network's
     */
    Optional<LinkInfo> find(NetworkSpec spec) throws IOException;

    /** The subnets that a link has, by its addresses. */
    List<IpamPool> pools(LinkInfo link) throws IOException;

    /** The largest packet in bytes when the network itself says nothing. */
    int defaultMtu(NetworkSpec spec) throws IOException;

    /** Makes sure that the link is there, up, and has what belongs to it. */
    LinkInfo ensure(ContainerNetwork network) throws IOException;

    /**
     * Finds out whether containers can be tied to it, before the first one is.
     *
     * @param networks that there are already
     * @throws dev.jcompose.network.NetworkException if not, saying why
     */
    default void tryOut(NetworkSpec spec, LinkInfo link, Collection<ContainerNetwork> networks) throws IOException {}
}
