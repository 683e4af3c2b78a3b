package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@RequiresRoot
class NetworkModesIT extends EngineScenario {

    @Test
    void theHostsNetworkIsTheHostsWithItsNameAndItsResolver() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    network_mode: host
                """);
        assertThat(engine().exec("p-web-1", "readlink", "/proc/self/ns/net"))
                .isEqualTo("0: " + Files.readSymbolicLink(Path.of("/proc/self/ns/net")) + "\n");
        assertThat(engine().exec("p-web-1", "cat", "/etc/resolv.conf"))
                .isEqualTo("0: " + Files.readString(Path.of("/etc/resolv.conf")));
        assertThat(engine().exec("p-web-1", "cat", "/proc/sys/kernel/hostname"))
                .isEqualTo("0: " + Files.readString(Path.of("/proc/sys/kernel/hostname")));
    }

    @Test
    void withoutANetworkThereIsLoopbackAlone() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    network_mode: none
                """);
        assertThat(engine().exec("p-web-1", "ls", "/sys/class/net")).isEqualTo("0: lo\n");
        assertThat(engine().exec("p-web-1", "cat", "/sys/class/net/lo/flags")).isEqualTo("0: 0x9\n");
    }

    @Test
    void aServiceSharesAnothersNetworkAndResolvesNamesThere() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    network_mode: service:db
                  db:
                    image: localhost/host
                    command: sleep 1000
                """);
        String namespace = engine().exec("p-db-1", "readlink", "/proc/self/ns/net");
        assertThat(engine().exec("p-web-1", "readlink", "/proc/self/ns/net")).isEqualTo(namespace);
        String address = engine().container("p-db-1").networks().get("p_default");
        assertThat(engine().exec("p-web-1", "getent", "hosts", "db")).startsWith("0: " + address);
    }

    @Test
    void aServiceThatSharesANetworkIsMadeAnewWithTheContainerThatOwnsIt() throws Exception {
        String compose = """
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    network_mode: service:db
                  db:
                    image: localhost/host
                    command: sleep %d
                """;
        up(compose.formatted(1000));
        up(compose.formatted(2000));
        String namespace = engine().exec("p-db-1", "readlink", "/proc/self/ns/net");
        assertThat(engine().exec("p-web-1", "readlink", "/proc/self/ns/net")).isEqualTo(namespace);
    }

    @Test
    void theHostsNetworkCanBeNamedAsAnExternalOneAndHasExtraHosts() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    networks: [outer]
                    extra_hosts: ["me=host-gateway", "printer=192.0.2.7"]
                    dns: [192.0.2.53]
                  none:
                    image: localhost/host
                    command: sleep 1000
                    networks: [nothing]
                networks: {outer: {external: true, name: host}, nothing: {driver: none}}
                """);
        assertThat(engine().exec("p-web-1", "readlink", "/proc/self/ns/net"))
                .isEqualTo("0: " + Files.readSymbolicLink(Path.of("/proc/self/ns/net")) + "\n");
        assertThat(engine().exec("p-web-1", "cat", "/etc/hosts"))
                .startsWith("0: " + Files.readString(Path.of("/etc/hosts")))
                .endsWith("\n127.0.0.1\tme\n192.0.2.7\tprinter\n");
        assertThat(engine().exec("p-web-1", "grep", "nameserver", "/etc/resolv.conf"))
                .isEqualTo("0: nameserver 192.0.2.53\n");
        assertThat(engine().exec("p-none-1", "ls", "/sys/class/net")).isEqualTo("0: lo\n");
    }

    @Test
    void theHostsNetworkIsTheOnlyOneOfAContainer() throws Exception {
        assertThatThrownBy(() -> up("""
                        services:
                          web:
                            image: localhost/host
                            command: sleep 1000
                            networks: [outer, inner]
                        networks: {outer: {external: true, name: host}, inner: {}}
                        """))
                .hasMessageContaining("container p-web-1 is on the host network, and can be on no other");
    }

    @Test
    void theDefaultBridgeIsThereWhileSomebodyNeedsIt() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, network_mode: bridge}
                  db: {image: localhost/host, command: sleep 1000, networks: [old]}
                networks: {old: {external: true, name: bridge}}
                """);
        String address = engine().container("p-web-1").networks().get("bridge");
        assertThat(engine().exec("p-db-1", "getent", "hosts", "p-web-1")).startsWith("0: " + address + " ");
        engine().down();
        assertThat(directory().resolve("data/networks")).isEmptyDirectory();
    }

    @Test
    void whoSharesANetworkHasItsHostsFileToo() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    hostname: inside
                    network_mode: service:db
                  db:
                    image: localhost/host
                    command: sleep 1000
                    hostname: shop
                    extra_hosts: ["printer=192.0.2.7"]
                    dns_search: [example.test]
                """);
        String address = engine().container("p-db-1").networks().get("p_default");
        assertThat(engine().exec("p-web-1", "cat", "/etc/hosts"))
                .contains("192.0.2.7\tprinter\n", address + "\tshop\n", address + "\tinside\n");
        assertThat(engine().exec("p-web-1", "cat", "/etc/resolv.conf"))
                .isEqualTo(engine().exec("p-db-1", "cat", "/etc/resolv.conf"))
                .contains("search example.test");
        engine().exec("p-db-1", "sh", "-c", "echo nameserver 192.0.2.53 >/etc/resolv.conf");
        assertThat(engine().exec("p-web-1", "cat", "/etc/resolv.conf")).isEqualTo("0: nameserver 192.0.2.53\n");
        engine().engine().projects().restart(TestEngine.services("web"), engine().listener());
        assertThat(engine().exec("p-web-1", "cat", "/etc/resolv.conf")).isEqualTo("0: nameserver 192.0.2.53\n");
    }
}
