package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Published ports as another host sees them: a namespace at the other end of a cable. */
@RequiresRoot
class RemoteClientsIT extends EngineScenario {
    private static final String HOST = "203.0.113.1";
    private static final String REMOTE = "203.0.113.2";
    private static final String HOST6 = "2001:db8:77::1";
    private static final String REMOTE6 = "2001:db8:77::2";
    private static final String UPLINK = "it-uplink";
    /** Tells each client its address, and which of its own it was reached at. */
    private static final String SERVER = """
            services:
              web:
                image: localhost/host
                command:
                  - perl
                  - -MIO::Socket::IP
                  - -e
                  - '$$s = IO::Socket::IP->new(LocalHost => "%s", LocalPort => 8080, Listen => 5, ReuseAddr => 1, V6Only => 0);
                     while ($$c = $$s->accept) { print $$c $$c->peerhost, " ", $$c->sockhost; close $$c }'
                ports: [%s]
            """;

    private Process remote;

    @BeforeEach
    void layTheCable() throws Exception {
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        remote = new ProcessBuilder("unshare", "--net", "sleep", "300").start();
        Path theirs = Path.of("/proc/" + remote.pid() + "/ns/net");
        Awaitility.await().until(() -> !Files.readSymbolicLink(theirs).equals(own));
        run("ip", "link", "add", UPLINK, "type", "veth", "peer", "name", "eth0", "netns", "" + remote.pid());
        for (String address : List.of(HOST + "/24", HOST6 + "/64")) {
            run("ip", "addr", "add", address, "dev", UPLINK, "nodad");
        }
        run("ip", "link", "set", UPLINK, "up");
        for (String address : List.of(REMOTE + "/24", REMOTE6 + "/64")) {
            away("ip", "addr", "add", address, "dev", "eth0", "nodad");
        }
        away("ip", "link", "set", "eth0", "up");
    }

    @AfterEach
    void takeTheCable() throws Exception {
        run("ip", "link", "delete", UPLINK);
        remote.destroyForcibly().waitFor();
    }

    @Test
    void bothFamiliesReachThePortAndKeepTheirAddresses() throws Exception {
        up(SERVER.formatted("::", "\"28101:8080\"") + "networks: {default: {enable_ipv6: true}}\n");
        assertThat(await(HOST, 28101)).contains(REMOTE + " ");
        assertThat(await(HOST6, 28101)).startsWith(REMOTE6 + " fd");
    }

    @Test
    void aPortIsOpenAtTheAddressThatItIsFor() throws Exception {
        up(SERVER.formatted(
                "0.0.0.0", "\"%s:28102:8080\", \"127.0.0.1:28103:8080\", \"[%s]:28104:8080\"".formatted(HOST, HOST6)));
        assertThat(await(HOST, 28102)).contains(REMOTE + " ");
        assertThat(await(HOST6, 28104)).isNotEmpty();
        assertThat(ask(HOST6, 28102)).isEmpty();
        assertThat(ask(HOST, 28104)).isEmpty();
        assertThat(ask(HOST, 28103)).as("loopback is for this host alone").isEmpty();
        assertThat(ask(HOST, 8080)).as("not published").isEmpty();
    }

    @Test
    void aRangeIsOpenFromItsFirstPortToItsLast() throws Exception {
        up(SERVER.formatted("0.0.0.0", "\"28105-28107:8080-8082\""));
        assertThat(await(HOST, 28105)).contains(REMOTE + " ");
        assertThat(ask(HOST, 28106)).as("nobody serves it").isEmpty();
        assertThat(engine().container("p-web-1").publishers())
                .extracting(publisher -> publisher.publishedPort())
                .contains(28105, 28106, 28107)
                .doesNotContain(28104, 28108);
    }

    @Test
    void aPortLeadsOverTheNetworkThatAnswersLeaveBy() throws Exception {
        up(SERVER.formatted("0.0.0.0", "\"28108:8080\"") + """
                    networks:
                      first: {priority: 10}
                      second: {gw_priority: 1}
                networks:
                  first: {ipam: {config: [{subnet: 10.213.81.0/24}]}}
                  second: {ipam: {config: [{subnet: 10.213.82.0/24}]}}
                """);
        assertThat(engine().exec("p-web-1", "ip", "-4", "-br", "addr", "show", "eth0"))
                .contains(" 10.213.81.");
        assertThat(await(HOST, 28108)).contains(REMOTE + " ", "10.213.82.");
    }

    private String await(String host, int port) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ask(host, port), answer -> !answer.isEmpty());
    }

    /** What the remote machine is answered; empty when nobody is there. */
    private String ask(String host, int port) throws IOException, InterruptedException {
        Process bash = away("timeout", "2", "bash", "-c", "exec 3<>/dev/tcp/%s/%d && cat <&3".formatted(host, port));
        return new String(bash.getInputStream().readAllBytes(), UTF_8);
    }

    private Process away(String... command) throws IOException, InterruptedException {
        List<String> inside = new ArrayList<>(List.of("nsenter", "--net=/proc/" + remote.pid() + "/ns/net"));
        inside.addAll(List.of(command));
        return run(inside.toArray(String[]::new));
    }

    private static Process run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process;
    }
}
