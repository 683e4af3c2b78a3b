package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Containers whose output goes to a syslog server. */
@RequiresRoot
class SyslogIT extends EngineScenario {
    private static final String SERVICE = """
            services:
              web:
                image: localhost/host
                command: sh -c '%s; exec sleep 1000'
                logging: {driver: syslog, options: {syslog-address: "%s"%s}}
            """;
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)";
    private static final String STAMP = "[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d";

    @Test
    void datagramsInTheFormOfRfc5424HaveFacilityLevelHostAndTag() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(60_000);
            String options = ", syslog-format: rfc5424, syslog-facility: local3, tag: \"{{.Name}}\"";
            up(SERVICE.formatted(
                    "echo hello; sleep 0.2; echo oh >&2", "udp://127.0.0.1:" + server.getLocalPort(), options));
            String pid = Long.toString(ProcessHandle.current().pid());
            assertThat(receive(server))
                    .matches("<158>1 " + TIME + " " + hostName() + " p-web-1 " + pid + " p-web-1 - hello\n");
            assertThat(receive(server)).startsWith("<155>1 ").endsWith(" p-web-1 - oh\n");
        }
        assertThat(engine().logs()).containsExactly("web-1 STDOUT hello", "web-1 STDERR oh");
    }

    @Test
    void aStreamInTheFormOfRfc3164HasTheIdAsTag() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(60_000);
            String address = "tcp://127.0.0.1:" + server.getLocalPort();
            up(SERVICE.formatted("seq 1 3000", address, ", syslog-format: rfc3164"));
            String id = engine().container("p-web-1").id().substring(0, 12);
            try (Socket client = server.accept()) {
                List<String> lines = lines(client.getInputStream(), 3000);
                assertThat(lines.get(0)).matches("<30>" + STAMP + " " + hostName() + " " + id + "\\[\\d+\\]: 1");
                assertThat(lines.get(2999)).endsWith("]: 3000");
            }
        }
    }

    @Test
    void aServerThatIsAwayHoldsNobodyUpAndGetsAllWhenItIsBack() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        up(SERVICE.formatted("seq 1 100000; touch /done", "tcp://127.0.0.1:" + port, ""));
        await().untilAsserted(() ->
                assertThat(engine().exec("p-web-1", "ls", "/done")).isEqualTo("0: /done\n"));
        engine().engine().projects().restart(TestEngine.services(), engine().listener());
        assertThat(engine().events())
                .anyMatch(event -> event.startsWith(
                        "PROJECT p Warning: syslog at tcp://127.0.0.1:" + port + " does not take log lines: "));
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            server.setSoTimeout(60_000);
            try (Socket client = server.accept()) {
                List<String> lines = lines(client.getInputStream(), 200_000);
                assertThat(lines.get(0)).endsWith("]: 1");
                assertThat(lines.get(99_999)).endsWith("]: 100000");
                assertThat(lines.get(199_999)).endsWith("]: 100000");
            }
        }
    }

    @Test
    void anotherEngineGoesOnWhereThisOneHadCome() throws Exception {
        Path path = directory().resolve("log.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            up(SERVICE.formatted("seq 1 10; until [ -e /go ]; do sleep 0.02; done; seq 11 20", "unix://" + path, ""));
            try (SocketChannel client = server.accept()) {
                assertThat(lines(Channels.newInputStream(client), 10).get(9))
                        .matches("<30>" + STAMP + " \\w+\\[\\d+\\]: 10");
                await().until(() -> Files.exists(mark()));
                killEngine();
            }
            startAnotherEngine();
            engine().exec("p-web-1", "touch", "/go");
            try (SocketChannel client = server.accept()) {
                List<String> lines = lines(Channels.newInputStream(client), 10);
                assertThat(lines.get(0)).endsWith("]: 11");
                assertThat(lines.get(9)).endsWith("]: 20");
            }
        }
    }

    @Test
    void unixDatagramsAndLinesThatAreLongerThanOne() throws Exception {
        Path path = directory().resolve("gram.sock");
        Linux linux = Linux.load();
        try (Fd server = linux.sockets().socket(SocketCalls.AF_UNIX, SocketCalls.SOCK_DGRAM, 0)) {
            linux.sockets().bind(server, SocketCalls.unix(path.toString()));
            up(SERVICE.formatted("head -c 40000 /dev/zero | tr \"\\\\0\" x; echo", "unixgram://" + path, ""));
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ByteBuffer message = ByteBuffer.allocateDirect(65_536);
                linux.sockets().receive(server, message, 0);
                String text = UTF_8.decode(message.flip()).toString();
                sizes.add(text.substring(text.indexOf("]: ") + 3).strip().length());
            }
            assertThat(sizes).containsExactly(16_384, 16_384, 40_000 - 2 * 16_384);
        }
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsMade() {
        assertThatThrownBy(() -> up(SERVICE.formatted("true", "http://127.0.0.1", "")))
                .isInstanceOf(EngineException.class)
                .hasMessage("services.web.logging.options: syslog-address \"http://127.0.0.1\" is not tcp://,"
                        + " tcp+tls://, udp://, unix:// or unixgram://");
        assertThat(hasContainers()).isFalse();
    }

    private Path mark() {
        return directory()
                .resolve("data/containers")
                .resolve(engine().container("p-web-1").id())
                .resolve("log/syslog.json");
    }

    private static String hostName() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    private static String receive(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        server.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private static List<String> lines(InputStream in, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        var reader = new BufferedReader(new InputStreamReader(in, UTF_8));
        while (lines.size() < count) {
            String line = reader.readLine();
            assertThat(line).as("line %d", lines.size() + 1).isNotNull();
            lines.add(line);
        }
        return lines;
    }
}
