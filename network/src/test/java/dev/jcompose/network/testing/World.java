package dev.jcompose.network.testing;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.netlink.nftables.NfTables;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.AttachmentSpec;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.firewall.Firewall;
import dev.jcompose.network.firewall.Forwarding;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.ports.PortRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread's namespace is the host, 203.0.113.1 on {@code uplink}; a remote machine is 203.0.113.2 there, and
 * containers run an {@link Echo} server each on port 80. The remote machine knows no way to the containers.
 */
public final class World implements AutoCloseable {
    public static final String HOST = "203.0.113.1";
    public static final String REMOTE = "203.0.113.2";
    public static final String HOST6 = "2001:db8::1";
    public static final String REMOTE6 = "2001:db8::2";
    public static final int SERVER_PORT = 80;

    private final Linux linux = Linux.load();
    private final Deque<Resource> open = new ArrayDeque<>();
    private final RtNetlink netlink;
    private final Networks networks;
    private final Machine remote;

    /** Makes the host and the remote machine. */
    public World() throws IOException {
        this(NfTables::open);
    }

    /** The same with another way to nf_tables, or none. */
    public World(Firewall.Access access) throws IOException {
        withoutDuplicateDetection();
        // A new namespace has what the first one has.
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "0");
        netlink = RtNetlink.open(linux);
        open.push(netlink::close);
        networks = new Networks(
                linux,
                "jcompose-test",
                RtNetlink.open(linux),
                Firewall.open(linux, "jcompose-test", access),
                Path.of("/etc/resolv.conf"),
                new Forwarding(null));
        open.push(networks::close);
        netlink.run(RtRequests.setLink("lo", new LinkSettings().up()));
        remote = machine();
        remote.connect(netlink, "uplink", bytes(HOST), bytes(REMOTE));
        netlink.run(RtRequests.addAddress(netlink.link("uplink").orElseThrow().index(), bytes(HOST6), 64));
        remote.run(RtRequests.addAddress(remote.index("eth0"), bytes(REMOTE6), 64));
        serve(remote);
    }

    /** A running container and where it is attached. */
    public record Container(Machine machine, Attachment attachment) {
        /** Its address. */
        public String address() {
            return attachment.ipv4().orElseThrow().toString();
        }

        /** Its IPv6 address. */
        public String address6() {
            return attachment.ipv6().orElseThrow().toString();
        }

        /** A port of the host that leads to its IPv6 address. */
        public PublishedPort publish6(Protocol protocol, String hostIp, int hostPort) {
            return new PublishedPort(
                    attachment.containerId(),
                    attachment.containerName(),
                    protocol,
                    IpAddress.parse(hostIp),
                    hostPort,
                    attachment.ipv6().orElseThrow(),
                    SERVER_PORT);
        }

        /** A port of the host that leads to its IPv4 address. */
        public PublishedPort publish(Protocol protocol, @Nullable String hostIp, int hostPort) {
            return new PublishedPort(
                    attachment.containerId(),
                    attachment.containerName(),
                    protocol,
                    hostIp == null ? null : IpAddress.parse(hostIp),
                    hostPort,
                    attachment.ipv4().orElseThrow(),
                    SERVER_PORT);
        }
    }

    /** A network with nothing special about it. */
    public ContainerNetwork network(String name) throws IOException {
        return networks.create(NetworkSpec.of(name, name, "test"));
    }

    /** A network with both families. */
    public ContainerNetwork dualNetwork(String name, boolean internal) throws IOException {
        NetworkSpec spec = NetworkSpec.of(name, name, "test").withFamilies(true, true);
        return networks.create(internal ? spec.asInternal() : spec);
    }

    /** A network that nothing gets in or out of. */
    public ContainerNetwork internalNetwork(String name) throws IOException {
        return networks.create(NetworkSpec.of(name, name, "test").asInternal());
    }

    /** Starts a container with its server. */
    public Container container(ContainerNetwork network, String name) throws IOException {
        Machine machine = machine();
        Attachment attachment = networks.attach(network, AttachmentSpec.of(name, name, "eth0", true), machine.pid());
        serve(machine);
        return new Container(machine, attachment);
    }

    /** Starts a server on the host itself. */
    public void serveOnHost(int port) throws IOException {
        Echo echo = new Echo(port);
        open.push(echo::close);
    }

    public Networks networks() {
        return networks;
    }

    public Machine remote() {
        return remote;
    }

    public RtNetlink netlink() {
        return netlink;
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** Reserves ports as the engine does before it publishes them. */
    public void reserve(PublishedPort... ports) throws IOException {
        networks.ports()
                .reserve(Stream.of(ports)
                        .map(port -> new PortRequest(
                                port.containerName(),
                                port.protocol(),
                                port.hostIp() == null ? IpAddress.parse("0.0.0.0") : port.hostIp(),
                                port.hostPort(),
                                port.hostPort()))
                        .toList());
    }

    /** Takes ports back as the engine does when their container has ended. */
    public void takeBack(PublishedPort... ports) throws IOException {
        networks.unpublish(List.of(ports));
        networks.ports().release(networks.ports().held());
    }

    private interface Resource {
        void close() throws IOException;
    }

    private Machine machine() throws IOException {
        Machine machine = Machine.start(linux);
        open.push(machine::close);
        machine.call(() -> {
            withoutDuplicateDetection();
            return machine;
        });
        return machine;
    }

    private void serve(Machine machine) throws IOException {
        Echo echo = machine.call(() -> new Echo(SERVER_PORT));
        open.push(echo::close);
    }

    /** IPv6 addresses would else be of no use for their first second. */
    private static void withoutDuplicateDetection() throws IOException {
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/accept_dad"), "0");
    }

    private static byte[] bytes(String address) {
        return IpAddress.parse(address).bytes();
    }
}
