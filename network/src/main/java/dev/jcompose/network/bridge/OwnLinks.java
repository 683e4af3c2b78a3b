package dev.jcompose.network.bridge;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.StableHash;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which links of the host are ours: they carry engine and network in their alias, which {@code ip link} shows. A link
 * that does not is somebody else's, and never touched.
 */
final class OwnLinks {
    private final RtNetlink netlink;
    private final String owner;

    /** @param owner the engine; another engine's links are none of ours */
    OwnLinks(RtNetlink netlink, String owner) {
        this.netlink = netlink;
        this.owner = owner;
    }

    /** What the alias of a network's link is. */
    String alias(String networkId) {
        return owner + ":" + networkId;
    }

    /** Whether the link was made for that network. */
    boolean isOf(LinkInfo link, String networkId) {
        return link.alias().equals(alias(networkId));
    }

    /** Whether the link was made by this engine. */
    boolean isOurs(LinkInfo link) {
        return link.alias().startsWith(alias(""));
    }

    /** Ten hexadecimal digits that stand for a network of this engine. */
    String hash(String networkId) {
        return StableHash.hex(alias(networkId), 10);
    }

    /** Bridge and cables of a network are one group of links: the kernel removes them together in the time of one. */
    int group(String networkId) {
        return 1 + (int) StableHash.below(alias(networkId), Integer.MAX_VALUE);
    }

    /** Links of this engine by the network's id, whether or not anybody remembers them. */
    Map<String, LinkInfo> existing() throws ErrnoException {
        return netlink.links().stream()
                .filter(this::isOurs)
                .collect(Collectors.toMap(
                        link -> link.alias().substring(alias("").length()), link -> link));
    }

    /** Removes the network's link and all cables that are plugged into it; what is gone is removed already. */
    void remove(String networkId) throws ErrnoException {
        netlink.deleteGroup(group(networkId));
    }
}
