package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a Compose file says of networks, and what the container has of it. */
@RequiresRoot
class NetworkSettingsIT extends EngineScenario {

    @Test
    void priorityOrdersTheInterfacesAndGatewayPriorityChoosesTheWayOut() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    networks:
                      aaa: {gw_priority: -1}
                      bbb: {priority: 10}
                      ccc: {interface_name: data0}
                      ddd:
                        gw_priority: 5
                        driver_opts: {com.docker.network.endpoint.ifname: eth1}
                networks:
                  aaa:
                  bbb:
                  ccc: {internal: true}
                  ddd: {ipam: {config: [{subnet: 10.213.70.0/24, gateway: 10.213.70.254}]}}
                """);
        assertThat(exec("web", "ls", "/sys/class/net")).isEqualTo("0: data0\neth0\neth1\neth2\nlo\n");
        assertThat(exec("web", "ip", "-br", "-4", "addr", "show", "eth0"))
                .contains(" " + address("web", "p_bbb") + "/");
        assertThat(exec("web", "ip", "-br", "-4", "addr", "show", "eth2"))
                .contains(" " + address("web", "p_aaa") + "/");
        assertThat(exec("web", "ip", "route", "show", "default")).startsWith("0: default via 10.213.70.254 dev eth1");
    }

    @Test
    void ipv6HasAddressesRoutesNamesAndHostsLines() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    extra_hosts: ["outside=host-gateway", "printer=[2001:db8::7]"]
                    networks: {default: {ipv6_address: "fd12:7::77"}}
                  db: {image: localhost/host, command: sleep 1000}
                networks:
                  default: {ipam: {config: [{subnet: "fd12:7::/64"}]}}
                """);
        String ipv4 = address("web", "p_default");
        String gateway = ipv4.substring(0, ipv4.lastIndexOf('.')) + ".1";
        assertThat(exec("web", "cat", "/etc/hosts"))
                .contains("\n" + ipv4 + "\t")
                .contains("\nfd12:7::77\t")
                .contains("\n" + gateway + "\toutside\nfd12:7::1\toutside\n2001:db8::7\tprinter\n");
        assertThat(exec("web", "ip", "-6", "route", "show", "default")).startsWith("0: default via fd12:7::1 dev eth0");
        assertThat(exec("db", "getent", "ahostsv6", "web")).startsWith("0: fd12:7::77 ");
        assertThat(exec("web", "ip", "-6", "addr", "show", "dev", "eth0")).doesNotContain("fd12:7::77/64 tentative");
    }

    @Test
    void anAddressThatAServiceAsksForIsNeverGivenToAnother() throws Exception {
        String compose = """
                services:
                  first: {image: localhost/host, command: sleep 1000, scale: %d}
                  fixed:
                    image: localhost/host
                    command: sleep 1000
                    depends_on: [first]
                    networks: {default: {ipv4_address: 10.213.71.%s}}
                networks: {default: {ipam: {config: [{subnet: 10.213.71.0/29}]}}}
                """;
        for (String last : new String[] {"2", "4", "6"}) {
            up(compose.formatted(3, last));
            assertThat(address("fixed", "p_default")).isEqualTo("10.213.71." + last);
            engine().down();
        }
        up(compose.formatted(2, "5"));
        engine().engine().projects().stop(TestEngine.services("fixed"), engine().listener());
        killEngine();
        startAnotherEngine();
        engine().up(UpRequest.builder(TestEngine.canonical(directory(), compose.formatted(4, "5")))
                .services(Set.of("first"))
                .build());
        up(compose.formatted(4, "5"));
        assertThat(address("fixed", "p_default")).isEqualTo("10.213.71.5");
        assertThatThrownBy(() -> up(compose.formatted(4, "abc")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("services.fixed.networks.default")
                .hasMessageContaining("10.213.71.abc");
    }

    @Test
    void aStoppedContainerHasItsAddressAgainAlsoFromAnotherEngine() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000, scale: %d}
                networks: {default: {ipam: {config: [{subnet: 10.213.72.0/28}]}}}
                """;
        up(compose.formatted(3));
        String second = engine().container("p-web-2").networks().get("p_default");
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        killEngine();
        startAnotherEngine();
        up(compose.formatted(3));
        assertThat(engine().container("p-web-2").networks().get("p_default")).isEqualTo(second);
    }

    @Test
    void aProjectHasItsSubnetAgainAfterDown() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000}
                networks: {default: {enable_ipv6: true}}
                """;
        up(compose);
        String address = exec("web", "ip", "-br", "addr", "show", "eth0").replaceFirst("eth0@\\w+", "");
        engine().down();
        up(compose);
        assertThat(exec("web", "ip", "-br", "addr", "show", "eth0").replaceFirst("eth0@\\w+", ""))
                .isEqualTo(address);
    }

    @Test
    void aChangedNetworkIsMadeAnewWithItsContainers() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000}
                networks: {default: {driver_opts: {com.docker.network.driver.mtu: "%d"}}}
                """;
        up(compose.formatted(1300));
        assertThat(exec("web", "cat", "/sys/class/net/eth0/mtu")).isEqualTo("0: 1300\n");
        up(compose.formatted(1280));
        assertThat(exec("web", "cat", "/sys/class/net/eth0/mtu")).isEqualTo("0: 1280\n");
        engine().forgetEvents();
        up(compose.formatted(1280));
        assertThat(engine().events()).noneMatch(event -> event.contains("Creating"));
    }

    @Test
    void theOptionsOfTheBridgeAreTheKernels() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, ports: ["18077:80", "127.0.0.2:18078:80"]}
                networks:
                  default:
                    driver_opts:
                      com.docker.network.bridge.host_binding_ipv4: 127.0.0.1
                      com.docker.network.bridge.name: jcit-br7
                      com.docker.network.container_iface_prefix: net
                """);
        assertThat(new ProcessBuilder("ip", "link", "show", "jcit-br7").start().waitFor())
                .isZero();
        assertThat(exec("web", "ls", "/sys/class/net")).isEqualTo("0: lo\nnet0\n");
        assertThat(engine().container("p-web-1").publishers())
                .extracting(publisher -> publisher.url() + ":" + publisher.publishedPort())
                .containsExactly("127.0.0.1:18077", "127.0.0.2:18078");
    }

    @Test
    void twoProjectsSeeEachOtherOnASharedExternalNetworkAlone() throws Exception {
        String own = """
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    networks: [default, shared]
                  alone: {image: localhost/host, command: sleep 1000}
                networks: {shared: {name: it-shared}}
                """;
        String other = """
                services:
                  guest:
                    image: localhost/host
                    command: sleep 1000
                    networks: [default, shared]
                  stranger: {image: localhost/host, command: sleep 1000}
                networks: {shared: {name: it-shared, external: true}}
                """;
        assertThatThrownBy(() -> upOther(other))
                .hasMessageContaining("network it-shared declared as external, but could not be found");
        up(own);
        upOther(other);
        try {
            String web = address("web", "it-shared");
            String alone = address("alone", "p_default");
            assertThat(engine().exec("q-guest-1", "getent", "hosts", "web")).startsWith("0: " + web + " ");
            assertThat(ping("q-guest-1", web)).isZero();
            assertThat(engine().exec("q-guest-1", "getent", "hosts", "alone")).startsWith("2: ");
            assertThat(engine().exec("q-stranger-1", "getent", "hosts", "web")).startsWith("2: ");
            assertThat(ping("q-stranger-1", web)).isNotZero();
            assertThat(ping("q-stranger-1", alone)).isNotZero();
            engine().down();
            assertThat(engine().exec("q-guest-1", "ls", "/sys/class/net"))
                    .as("the network stays while others use it")
                    .isEqualTo("0: eth0\neth1\nlo\n");
        } finally {
            engine().engine()
                    .projects()
                    .down(new DownRequest("q", null, Set.of(), true, true, "none", 0), engine().listener());
        }
        assertThat(engine().engine().containers().list(Optional.of("q"))).isEmpty();
    }

    private void upOther(String compose) throws IOException {
        String project = TestEngine.canonical(directory(), compose, "q");
        engine().up(UpRequest.of(project));
    }

    private int ping(String container, String address) {
        String result = engine().exec(container, "timeout", "0.4", "bash", "-c", "echo > /dev/tcp/" + address + "/9");
        // A port that nobody listens at is refused at once by a machine that is reached.
        return result.contains("refused") ? 0 : 1;
    }

    private String exec(String service, String... command) {
        return engine().exec("p-" + service + "-1", command);
    }

    private String address(String service, String network) {
        return String.valueOf(
                engine().container("p-" + service + "-1").networks().get(network));
    }
}
