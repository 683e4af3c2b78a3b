package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.testing.EngineScenario;
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
}
