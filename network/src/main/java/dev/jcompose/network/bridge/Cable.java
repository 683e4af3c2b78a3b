package dev.jcompose.network.bridge;

import dev.jcompose.network.ipam.IpamPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ties one container to one network.
 *
 * @param network that it leads to
 * @param linkIndex of the network's bridge or parent
 * @param group of links that the network's are in
 * @param spec what the container asked for
 * @param attachment what it got
 * @param spare that is to become it, if there is one
 */
record Cable(
        ContainerNetwork network,
        int linkIndex,
        int group,
        AttachmentSpec spec,
        Attachment attachment,
        @Nullable SpareCable spare) {

    NetworkSpec about() {
        return network.spec();
    }

    /** The subnets of a family that are on the link as well, and in none of its addresses' own. */
    List<IpamPool> neighbours() {
        return network.pools().stream()
                .filter(pool -> attachment.addresses().stream()
                        .map(AssignedAddress::address)
                        .noneMatch(pool.subnet()::contains))
                .filter(pool -> attachment.addresses().stream()
                        .anyMatch(assigned ->
                                assigned.address().v6() == pool.subnet().v6()))
                .toList();
    }
}
