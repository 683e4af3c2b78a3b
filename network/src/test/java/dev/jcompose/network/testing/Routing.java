package dev.jcompose.network.testing;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Routes that a machine with bad intentions gives itself. */
public final class Routing {
    private Routing() {}

    /** Sends packets for 127.0.0.0/8 to a gateway: the machine takes its own loopback down for that. */
    public static void loopbackVia(String gateway, Machine machine) throws IOException {
        machine.call(() -> {
            try (RtNetlink netlink = RtNetlink.open(Linux.load())) {
                netlink.run(RtRequests.setLink("lo", new LinkSettings().down()));
                int eth0 = netlink.link("eth0").orElseThrow().index();
                netlink.run(RtRequests.addRoute(
                        new byte[] {127, 0, 0, 0}, 8, IpAddress.parse(gateway).bytes(), eth0));
            }
            return Files.writeString(Path.of("/proc/sys/net/ipv4/conf/eth0/route_localnet"), "1");
        });
    }

    /** Sends packets for a container's subnet to a gateway. */
    public static void subnetVia(Attachment attachment, String gateway, Machine machine) throws IOException {
        AssignedAddress address = attachment.addresses().stream()
                .filter(assigned -> assigned.address().v6() == gateway.contains(":"))
                .findFirst()
                .orElseThrow();
        subnetVia(Subnet.around(address.address(), address.prefixLength()), gateway, machine);
    }

    /** Sends all packets to a gateway. */
    public static void defaultVia(String gateway, Machine machine) throws IOException {
        subnetVia(Subnet.parse(gateway.contains(":") ? "::/0" : "0.0.0.0/0"), gateway, machine);
    }

    /** Sends packets for a subnet to a gateway. */
    public static void subnetVia(Subnet subnet, String gateway, Machine machine) throws IOException {
        machine.call(() -> {
            try (RtNetlink netlink = RtNetlink.open(Linux.load())) {
                int eth0 = netlink.link("eth0").orElseThrow().index();
                netlink.run(RtRequests.addRoute(
                        subnet.address().bytes(),
                        subnet.prefixLength(),
                        IpAddress.parse(gateway).bytes(),
                        eth0));
            }
            return subnet;
        });
    }
}
