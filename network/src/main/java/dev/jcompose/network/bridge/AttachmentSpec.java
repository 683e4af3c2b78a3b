package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a container wants to be on a network.
 *
 * @param containerName its name: with it goes the same address as last time
 * @param interfaceName inside the container, {@code eth0} and so on
 * @param ipv4 the address that it must have, null for any
 * @param ipv6 likewise
 * @param linkLocal further addresses, of 169.254.0.0/16 and fe80::/64
 * @param mac the hardware address, null for one made of the IP address
 * @param defaultIpv4 whether the way to everywhere else leads over this network; never on an internal one
 * @param defaultIpv6 likewise
 * @param sysctls settings of the interface, {@code net.ipv4.conf.IFNAME.log_martians=1}
 * @param avoid addresses that are meant for others
 */
public record AttachmentSpec(
        String containerId,
        String containerName,
        String interfaceName,
        @Nullable IpAddress ipv4,
        @Nullable IpAddress ipv6,
        List<IpAddress> linkLocal,
        @Nullable MacAddress mac,
        boolean defaultIpv4,
        boolean defaultIpv6,
        List<InterfaceSysctl> sysctls,
        Set<IpAddress> avoid) {

    public AttachmentSpec {
        linkLocal = List.copyOf(linkLocal);
        sysctls = List.copyOf(sysctls);
        avoid = Set.copyOf(avoid);
        LinkSettings.requireName(interfaceName);
        if (ipv4 != null && ipv4.v6()) {
            throw new IllegalArgumentException("ipv4_address \"%s\" is not an IPv4 address".formatted(ipv4));
        }
        if (ipv6 != null && !ipv6.v6()) {
            throw new IllegalArgumentException("ipv6_address \"%s\" is not an IPv6 address".formatted(ipv6));
        }
        linkLocal.stream().filter(address -> !address.isLinkLocal()).findFirst().ifPresent(address -> {
            throw new IllegalArgumentException(
                    "link_local_ips: %s is neither of 169.254.0.0/16 nor of fe80::/10".formatted(address));
        });
    }

    /** An interface with nothing special about it. */
    public static AttachmentSpec of(
            String containerId, String containerName, String interfaceName, boolean defaultRoute) {
        return new AttachmentSpec(
                containerId,
                containerName,
                interfaceName,
                null,
                null,
                List.of(),
                null,
                defaultRoute,
                defaultRoute,
                List.of(),
                Set.of());
    }

    /** Whether the default route of that family leads over this network. */
    boolean isDefault(boolean v6) {
        return v6 ? defaultIpv6 : defaultIpv4;
    }
}
