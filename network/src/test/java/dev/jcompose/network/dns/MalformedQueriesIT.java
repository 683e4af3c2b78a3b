package dev.jcompose.network.dns;

import static dev.jcompose.network.dns.Addresses.ips;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.ResourceLeakDetector;
import java.io.DataOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a container sends, its DNS and that of others goes on, and nothing is kept of it. */
@RequiresRoot
class MalformedQueriesIT {
    private static final long SEED = 20260801;
    private static final int MESSAGES = 6000;
    private static final int CONNECTIONS = 150;

    private final Linux linux = Linux.load();
    private IoEventLoopGroup group;
    private DnsServer server;
    private ResourceLeakDetector.Level level;

    @BeforeEach
    void start() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        server = new DnsServer(group, linux, new HostResolvers(Path.of("/nonexistent")));
        server.zones(DnsZones.of(List.of(new DnsMember(
                "net", "shop-web-1", "a".repeat(64), "shop", "web", List.of(), ips("172.20.0.2", "fd00::2")))));
    }

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void thousandsOfMutatedMessagesNeitherKillNorLeak() throws Exception {
        Random random = new Random(SEED);
        DnsView view = DnsView.of(List.of("net")).withForwarding(false, false);
        try (ContainerNamespace container = new ContainerNamespace(linux);
                DnsEndpoint endpoint = server.open(container.pid(), view);
                DatagramSocket client = container.inside(() -> new DatagramSocket());
                RawClient honest = container.inside(RawClient::new)) {
            assertThat(endpoint).isNotNull();
            assertAnswers(honest);
            long before = descriptors();
            InetSocketAddress dns = new InetSocketAddress("127.0.0.11", 53);
            for (int i = 0; i < MESSAGES; i++) {
                byte[] message = mutated(random);
                client.send(new DatagramPacket(message, message.length, dns));
                if (i % 500 == 0) {
                    assertAnswers(honest);
                }
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                overTcp(container, mutated(random), random);
            }
            assertAnswers(honest);
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
        }
    }

    private static void overTcp(ContainerNamespace container, byte[] message, Random random) throws Exception {
        int claimed = random.nextBoolean() ? message.length : random.nextInt(0x10000);
        try (Socket socket = container.inside(() -> new Socket("127.0.0.11", 53))) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(claimed);
            out.write(message);
            out.flush();
        }
    }

    private static void assertAnswers(RawClient client) throws Exception {
        Message answer = Message.read(client.udp(Message.query(4711, "web", RecordType.A, 1232)));
        assertThat(answer.values()).containsExactly("172.20.0.2");
    }

    /** A well-formed message with some bytes changed, cut off, repeated or put in; or mere noise. */
    private static byte[] mutated(Random random) {
        byte[] message = Message.query(
                random.nextInt(0x10000),
                List.of("web", "shop-web-1.net", "2.0.20.172.in-addr.arpa", "_http._tcp.web", "a.b.c.example")
                        .get(random.nextInt(5)),
                List.of(1, 28, 12, 33, 255, 65).get(random.nextInt(6)),
                random.nextBoolean() ? 1232 : 0);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(message, random.nextInt(message.length));
            case 1 -> Arrays.copyOf(message, message.length + random.nextInt(1400));
            case 2 -> {
                byte[] noise = new byte[random.nextInt(1400)];
                random.nextBytes(noise);
                yield noise;
            }
            case 3 -> {
                // Counts and pointers that lead anywhere.
                message[random.nextInt(4, 12)] = (byte) random.nextInt();
                message[random.nextInt(12, message.length)] = (byte) (0xc0 | random.nextInt(64));
                yield message;
            }
            default -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    message[random.nextInt(message.length)] = (byte) random.nextInt();
                }
                yield message;
            }
        };
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
