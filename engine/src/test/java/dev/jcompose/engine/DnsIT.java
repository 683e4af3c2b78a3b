package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Names as real resolvers in real containers see them. */
@RequiresRoot
class DnsIT extends EngineScenario {
    private static final String TWO_SERVICES = """
            services:
              web:
                image: localhost/host
                command: sleep 1000
                scale: 2
                ports: [{name: http, target: 8080}]
              client:
                image: localhost/host
                command: sleep 1000
                volumes: ["./probe:/srv/probe:ro"]
                extra_hosts: ["printer=192.0.2.7", "printer=2001:db8::7"]
            """;
    private static final String MUSL_PROBE = """
            #include <netdb.h>
            #include <stdio.h>
            #include <arpa/inet.h>
            #include <sys/socket.h>
            int main(int argc, char **argv) {
                struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *all, *one;
                int error = getaddrinfo(argv[1], 0, &hints, &all);
                if (error) { puts(gai_strerror(error)); return 1; }
                for (one = all; one; one = one->ai_next) {
                    char text[64];
                    puts(inet_ntop(AF_INET, &((struct sockaddr_in *) one->ai_addr)->sin_addr, text, sizeof text));
                }
                return 0;
            }
            """;
    private static final String JAVA_PROBE = """
            public class Probe {
                public static void main(String[] names) throws Exception {
                    for (var address : java.net.InetAddress.getAllByName(names[0])) {
                        System.out.println(address.getHostAddress());
                    }
                }
            }
            """;
    /** Asks 10,000 times, and counts the answers: every address by itself, NXDOMAIN, anything else as odd. */
    private static final String ASK = """
            use IO::Socket::INET;
            my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.11:53', Proto => 'udp') or die;
            my %seen;
            for my $i (1 .. 10000) {
                my $q = pack('n6', $i, 0x0100, 1, 0, 0, 0) . "\\x02db\\0" . pack('n2', 1, 1);
                $s->send($q);
                my $r = '';
                local $SIG{ALRM} = sub { print "silence\\n"; exit 1 };
                alarm 5;
                do { $s->recv($r, 512) } while unpack('n', $r) != $i;
                my (undef, $flags, undef, $count) = unpack('n4', $r);
                my $code = $flags & 15;
                my $key = $code == 3 ? 'NXDOMAIN'
                    : $code == 0 && $count == 1 ? join('.', unpack('C4', substr($r, -4))) : "odd:$code:$count";
                $seen{$key}++;
            }
            print join(' ', map { "$_=$seen{$_}" } sort keys %seen), "\\n";
            """;

    @Test
    void glibcMuslBusyboxAndJavaFindTheSame() throws Exception {
        Path probe = Files.createDirectories(directory().resolve("probe"));
        Files.writeString(probe.resolve("Probe.java"), JAVA_PROBE);
        boolean musl = compiled(probe);
        up(TWO_SERVICES);
        String[] addresses = {
            engine().container("p-web-1").networks().get("p_default"),
            engine().container("p-web-2").networks().get("p_default")
        };

        assertThat(client("getent", "ahostsv4", "web")
                        .lines()
                        .map(line -> line.split("[ :]+")[line.startsWith("0: ") ? 1 : 0]))
                .as("glibc")
                .contains(addresses);
        assertThat(client("busybox", "nslookup", "web")).as("busybox").contains(addresses);
        assertThat(client(System.getProperty("java.home") + "/bin/java", "/srv/probe/Probe.java", "web"))
                .as("java")
                .startsWith("0: ")
                .contains(addresses);
        assertThat(client("getent", "hosts", "nobody"))
                .as("a name that is not there")
                .startsWith("2: ");
        assumeTrue(musl, "musl-gcc is not installed: the resolver of musl is not tried");
        assertThat(client("/srv/probe/resolve", "web"))
                .as("musl")
                .startsWith("0: ")
                .contains(addresses);
        assertThat(client("/srv/probe/resolve", "nobody")).as("musl").startsWith("1: ");
    }

    @Test
    void theHostIsFoundUnderItsNames() throws Exception {
        Files.createDirectories(directory().resolve("probe"));
        up(TWO_SERVICES);
        for (String name : new String[] {"host.docker.internal", "host.jcompose.internal"}) {
            assertThat(client("getent", "ahostsv4", name)).matches("(?s)0: [0-9.]+\\.1 .*");
        }
    }

    @Test
    void aNameIsRightThroughRestartsOfItsContainerUnderTenThousandQueries() throws Exception {
        up("""
                services:
                  db: {image: localhost/host, command: sleep 1000}
                  client: {image: localhost/host, command: sleep 1000}
                """);
        String address = engine().container("p-db-1").networks().get("p_default");
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> client("perl", "-e", ASK));
        int restarts = 0;
        while (!asked.isDone()) {
            engine().engine().projects().restart(TestEngine.services("db"), engine().listener());
            restarts++;
        }

        String[] counts = asked.join().strip().split(" ");
        assertThat(restarts).isPositive();
        assertThat(counts[0]).isEqualTo("0:");
        assertThat(Arrays.copyOfRange(counts, 1, counts.length))
                .as("its address every time, also while it does not run")
                .containsExactly(address + "=10000");
        assertThat(client("getent", "ahostsv4", "db")).startsWith("0: " + address + " ");
    }

    @Test
    void aContainerThatIsToStartAgainIsFoundAndOneThatIsStoppedIsNot() throws Exception {
        up("""
                services:
                  db: {image: localhost/host, command: sleep 1000}
                  crashing: {image: localhost/host, command: "false", restart: always}
                  half: {image: localhost/host, command: sleep 1000, scale: 2}
                  client: {image: localhost/host, command: sleep 1000}
                """);
        Awaitility.await().until(() -> state("p-crashing-1").equals("restarting"));
        assertThat(client("getent", "ahostsv4", "crashing")).startsWith("0: ");
        engine().engine().containers().stop("p-half-1", 0);
        assertThat(client("getent", "ahostsv4", "half"))
                .startsWith("0: " + engine().container("p-half-2").networks().get("p_default"));
        assertThat(client("getent", "ahostsv4", "p-half-1")).startsWith("2: ");
        engine().engine().projects().stop(TestEngine.services("db", "crashing"), engine().listener());
        assertThat(client("getent", "ahostsv4", "db")).startsWith("2: ");
        assertThat(client("getent", "ahostsv4", "crashing")).startsWith("2: ");
    }

    /** As Pi-hole, CoreDNS and the DNS of VPN containers listen: at port 53 of all addresses. */
    @Test
    void aNameServerInAContainerListensAtAllAddressesAndNamesAreFoundThereAlsoByAnotherEngine() throws Exception {
        up("""
                services:
                  exposed: &server
                    image: localhost/host
                    expose: ["53/udp"]
                    command:
                      - perl
                      - -MIO::Socket::INET
                      - -e
                      - |
                        my $$udp = IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => 53, Proto => 'udp') or die;
                        my $$tcp = IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => 53, Proto => 'tcp', Listen => 1) or die;
                        open my $$ready, '>', '/tmp/ready' or die;
                        while ($$udp->recv(my $$question, 512)) { $$udp->send('heard ' . $$question) }
                    healthcheck: {test: test -e /tmp/ready, start_period: 60s, start_interval: 20ms}
                  vpn: {<<: *server, expose: [], cap_add: [NET_ADMIN]}
                  client: {image: localhost/host, command: sleep 1000, depends_on: {exposed: {condition: service_healthy}, vpn: {condition: service_healthy}}}
                """);
        for (String engine : new String[] {"this one", "another"}) {
            for (String server : new String[] {"p-exposed-1", "p-vpn-1"}) {
                String client = engine().container("p-client-1").networks().get("p_default");
                assertThat(engine().exec(server, "getent", "ahostsv4", "client"))
                        .as(engine)
                        .startsWith("0: " + client + " ");
            }
            assertThat(client(
                            "perl",
                            "-MIO::Socket::INET",
                            "-e",
                            "my $s = IO::Socket::INET->new(PeerAddr => 'exposed:53', Proto => 'udp') or die;"
                                    + " alarm 5; $s->send('me'); $s->recv(my $r, 512); print $r"))
                    .isEqualTo("0: heard me");
            killEngine();
            startAnotherEngine();
        }
    }

    @Test
    void whoSharesANetworkIsAnsweredAsItsOwner() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  beside: {image: localhost/host, command: sleep 1000, network_mode: "service:web"}
                  outside: {image: localhost/host, command: sleep 1000, network_mode: host}
                """);
        assertThat(engine().engine().dns().resolve("p-beside-1", "web", "A").records())
                .isEqualTo(
                        engine().engine().dns().resolve("p-web-1", "web", "A").records())
                .hasSize(1);
        assertThatThrownBy(() -> engine().engine().dns().resolve("p-outside-1", "web", "A"))
                .hasMessageContaining("is on no network of ours");
    }

    @Test
    void jcomposeDnsSaysWhatAContainerIsAnsweredAndWhy() throws Exception {
        Files.createDirectories(directory().resolve("probe"));
        up(TWO_SERVICES);
        DnsReport web = engine().engine().dns().resolve("p-client-1", "web", "A");
        assertThat(web.container()).isEqualTo("p-client-1");
        assertThat(web.code()).isEqualTo("NOERROR");
        assertThat(web.records()).hasSize(2).allMatch(record -> record.matches("web\\. \\d A [0-9.]+"));
        assertThat(web.reasons()).singleElement().asString().contains("network \"p_default\"", "p-web-1", "p-web-2");
        assertThat(engine().engine()
                        .dns()
                        .resolve("p-client-1", "_http._tcp.web", "SRV")
                        .records())
                .containsExactlyInAnyOrder(
                        "_http._tcp.web. 2 SRV 0 0 8080 p-web-1.p_default.",
                        "_http._tcp.web. 2 SRV 0 0 8080 p-web-2.p_default.");
        assertThat(engine().engine().dns().resolve("p-client-1", "nobody", "A").code())
                .isEqualTo("NXDOMAIN");
        DnsReport printer = engine().engine().dns().resolve("p-client-1", "Printer", "A");
        assertThat(printer.code()).isEqualTo("NXDOMAIN");
        assertThat(printer.reasons())
                .contains("its /etc/hosts, where most programs look first, has \"Printer\": 192.0.2.7, 2001:db8::7");
        assertThatThrownBy(() -> engine().engine().dns().resolve("p-nobody-1", "web", "A"))
                .isInstanceOf(EngineException.class);
    }

    private String client(String... command) {
        return engine().exec("p-client-1", command);
    }

    private static boolean compiled(Path probe) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/musl-gcc"))) {
            return false;
        }
        Path source = Files.writeString(probe.resolve("resolve.c"), MUSL_PROBE);
        Process compiler = new ProcessBuilder(
                        "musl-gcc", "-static", "-o", probe.resolve("resolve").toString(), source.toString())
                .inheritIO()
                .start();
        return compiler.waitFor() == 0;
    }
}
