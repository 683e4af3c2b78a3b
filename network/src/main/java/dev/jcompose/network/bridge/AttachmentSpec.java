package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a container wants to be on a network.
 *
 * @param containerName its name: with it goes the same address as last time
 * @param interfaceName inside the container, {@code eth0} and so on
 * @param ipv4 the address that it must have, null for any
 * @param ipv6 likewise
 * @param mac the hardware address, null for one made of the IP address
 * @param defaultRoute whether the way to everywhere else leads over this network; never on an internal one
 */
public record AttachmentSpec(
        String containerId,
        String containerName,
        String interfaceName,
        @Nullable IpAddress ipv4,
        @Nullable IpAddress ipv6,
        @Nullable MacAddress mac,
        boolean defaultRoute) {

    public AttachmentSpec {
        LinkSettings.requireName(interfaceName);
        if (ipv4 != null && ipv4.v6()) {
            throw new IllegalArgumentException("ipv4_address \"%s\" is not an IPv4 address".formatted(ipv4));
        }
        if (ipv6 != null && !ipv6.v6()) {
            throw new IllegalArgumentException("ipv6_address \"%s\" is not an IPv6 address".formatted(ipv6));
        }
    }

    /** An interface with nothing special about it. */
    public static AttachmentSpec of(
            String containerId, String containerName, String interfaceName, boolean defaultRoute) {
        return new AttachmentSpec(containerId, containerName, interfaceName, null, null, null, defaultRoute);
    }
}
