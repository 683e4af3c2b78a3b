package dev.jcompose.network.ports;

import static dev.jcompose.network.testing.World.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.World;
import dev.jcompose.network.testing.World.Container;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresRoot(namespaces = true)
class PortReservationsIT {
    private final Linux linux = Linux.load();

    @Test
    void aHeldPortIsTakenForOthersAndRefusesClients() throws IOException {
        upLoopback();
        try (PortReservations ports = new PortReservations(linux)) {
            List<ReservedPort> held = ports.reserve(
                    List.of(PortRequest.of("web", Protocol.TCP, 8080), PortRequest.of("web", Protocol.UDP, 8081)));

            assertThatThrownBy(() -> new ServerSocket(8080)).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> new DatagramSocket(8081)).isInstanceOf(BindException.class);
            assertThat(Echo.unreachable("127.0.0.1", 8080)).isTrue();

            ports.release(held);
            try (ServerSocket server = new ServerSocket(8080)) {
                assertThat(server.getLocalPort()).isEqualTo(8080);
            }
        }
    }

    @Test
    void aPublishedPortWorksWhileItIsHeld() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            world.networks()
                    .ports()
                    .reserve(List.of(PortRequest.of("a", Protocol.TCP, 8080), PortRequest.of("a", Protocol.UDP, 8080)));
            world.networks().publish(List.of(a.publish(Protocol.TCP, null, 8080), a.publish(Protocol.UDP, null, 8080)));

            assertThat(Echo.tcp("127.0.0.1", 8080)).isNotEmpty();
            assertThat(Echo.udp("127.0.0.1", 8080)).isNotEmpty();
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isNotEmpty();
            assertThat(world.remote().call(() -> Echo.udp(HOST, 8080))).isNotEmpty();
        }
    }

    @Test
    void namesTheProcessThatHasAPort() throws IOException {
        upLoopback();
        long pid = ProcessHandle.current().pid();
        try (ServerSocket tcp = new ServerSocket(8080, 1, InetAddress.getByName("127.0.0.1"));
                DatagramSocket udp = new DatagramSocket(8081);
                PortReservations ports = new PortReservations(linux)) {
            assertThatThrownBy(() -> ports.reserve(List.of(
                            PortRequest.of("web", Protocol.TCP, tcp.getLocalPort()),
                            PortRequest.of("web", Protocol.TCP, 9090),
                            PortRequest.of("web", Protocol.UDP, udp.getLocalPort()))))
                    .hasMessageMatching(
                            "port 8080/tcp is in use by \\S+ \\(pid %d: .+\\); port 8081/udp is in use by \\S+ \\(pid %d: .+\\)"
                                    .formatted(pid, pid));
            assertThat(ports.held()).as("all or none").isEmpty();
        }
    }

    @Test
    void namesTheContainerThatHasAPort() throws IOException {
        try (PortReservations ports = new PortReservations(linux)) {
            ports.reserve(List.of(PortRequest.of("blog-web-1", Protocol.TCP, 8080)));
            IpAddress loopback = IpAddress.parse("127.0.0.1");
            PortRequest again = new PortRequest("shop-web-1", Protocol.TCP, loopback, 8080, 8080);

            assertThatThrownBy(() -> ports.reserve(List.of(again)))
                    .hasMessage("port 127.0.0.1:8080/tcp is in use by container \"blog-web-1\"");
        }
    }

    @Test
    void aRangeGivesItsFirstFreePortAndZeroGivesAny() throws IOException {
        try (ServerSocket taken = new ServerSocket(8000);
                PortReservations ports = new PortReservations(linux)) {
            PortRequest range = new PortRequest("web", Protocol.TCP, null, taken.getLocalPort(), 8002);

            assertThat(ports.reserve(List.of(range, range)))
                    .extracting(ReservedPort::port)
                    .containsExactly(8001, 8002);
            assertThat(ports.reserve(List.of(PortRequest.of("web", Protocol.TCP, 0)))
                            .get(0)
                            .port())
                    .isPositive();
            assertThatThrownBy(() -> ports.reserve(List.of(range)))
                    .hasMessage("no port of 8000-8002/tcp is free: port 8002/tcp is in use by container \"web\"");
        }
    }

    @Test
    void connectionsOfAServerThatEndedAreNotInTheWay() throws IOException {
        upLoopback();
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress("127.0.0.1", 8080));
            try (Socket client = new Socket("127.0.0.1", 8080);
                    Socket accepted = server.accept()) {
                accepted.shutdownOutput();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        try (PortReservations ports = new PortReservations(linux)) {
            assertThat(ports.reserve(List.of(PortRequest.of("web", Protocol.TCP, 8080))))
                    .hasSize(1);
            assertThatThrownBy(() -> new ServerSocket(8080)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void anAddressThatTheHostDoesNotHaveIsNamed() throws IOException {
        upLoopback();
        try (PortReservations ports = new PortReservations(linux)) {
            PortRequest request = new PortRequest("web", Protocol.TCP, IpAddress.parse("198.51.100.7"), 8080, 8080);

            assertThatThrownBy(() -> ports.reserve(List.of(request)))
                    .hasMessage("cannot publish port 198.51.100.7:8080/tcp: this host has no address 198.51.100.7");
        }
    }

    private void upLoopback() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            netlink.run(RtRequests.setLink("lo", new LinkSettings().up()));
        }
    }
}
