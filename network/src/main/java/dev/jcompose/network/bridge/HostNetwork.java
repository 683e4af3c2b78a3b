package dev.jcompose.network.bridge;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.RouteInfo;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.ipam.OccupiedSubnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the host's network is like before we add to it: which subnets are in use, and how it reaches the world. */
final class HostNetwork {
    private static final int DEFAULT_MTU = 1500;
    private static final int WIDEST_PREFIX = 3;
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final RtNetlink netlink;
    private final Path resolvConf;
    private final DockerBridges docker = new DockerBridges(DockerBridges.SOCKET, Duration.ofSeconds(1));

    HostNetwork(RtNetlink netlink, Path resolvConf) {
        this.netlink = netlink;
        this.resolvConf = resolvConf;
    }

    /**
     * Subnets that a new network must not overlap: routes of all tables, the host's own addresses, and the name
     * servers, which the default route may lead to.
     *
     * @param exceptBridge our own bridge when it exists already, whose routes are not in its way
     */
    List<OccupiedSubnet> occupied(String exceptBridge) throws ErrnoException {
        Map<Integer, LinkInfo> links =
                netlink.links().stream().collect(Collectors.toMap(LinkInfo::index, Function.identity()));
        List<OccupiedSubnet> occupied = new ArrayList<>();
        for (RouteInfo route : netlink.routes()) {
            LinkInfo link = links.get(route.linkIndex());
            boolean counts = route.type() == RouteInfo.TYPE_UNICAST || route.type() == RouteInfo.TYPE_LOCAL;
            if (isForEverything(route)
                    || !counts
                    || (link != null && link.name().equals(exceptBridge))) {
                continue;
            }
            Subnet subnet = Subnet.around(IpAddress.of(route.destination()), route.prefixLength());
            occupied.add(new OccupiedSubnet(
                    subnet,
                    () -> "route " + subnet + (link == null ? "" : " dev " + link.name() + docker.ownership(link))));
        }
        for (IpAddress server : nameServers()) {
            occupied.add(new OccupiedSubnet(new Subnet(server, server.bits()), "name server " + server));
        }
        return occupied;
    }

    /** Default routes, and the halves that VPNs put over them: a more particular route of ours is right beside them. */
    private static boolean isForEverything(RouteInfo route) {
        return route.prefixLength() <= WIDEST_PREFIX;
    }

    /** What tells this machine from others: its machine-id(5), or for want of that its host name. */
    String machineId() {
        return content(MACHINE_ID).or(() -> content(HOST_NAME)).orElse("");
    }

    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(id -> !id.isEmpty());
        } catch (IOException e) {
            // Many small systems have no machine-id.
            return Optional.empty();
        }
    }

    /** The MTU of the link that the best default route uses, in bytes; 1500 without one. */
    int uplinkMtu() throws ErrnoException {
        return new DefaultRoute(netlink).link().map(LinkInfo::mtu).orElse(DEFAULT_MTU);
    }

    private List<IpAddress> nameServers() {
        List<IpAddress> servers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(resolvConf)) {
                String[] words = line.strip().split("\\s+");
                if (words.length > 1 && words[0].equals("nameserver") && !words[1].contains("%")) {
                    servers.add(IpAddress.parse(words[1]));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // A host without name servers, or with a file that nobody else understands either, has nothing to protect.
            return servers;
        }
        return servers.stream().filter(server -> !server.isLoopback()).toList();
    }
}
