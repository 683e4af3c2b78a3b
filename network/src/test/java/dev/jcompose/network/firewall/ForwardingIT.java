package dev.jcompose.network.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a namespace that does not forward. */
@RequiresRoot(namespaces = true)
class ForwardingIT {

    @Test
    void isSwitchedOnForTheFirstNetworkAndBackWithTheLast() throws Exception {
        try (World world = new World()) {
            assertThat(ipv4()).isEqualTo("0");
            world.internalNetwork("closed");
            assertThat(ipv4()).as("an internal network needs none").isEqualTo("0");
            ContainerNetwork first = world.network("n1");
            ContainerNetwork second = world.dualNetwork("n2", false);
            assertThat(ipv4()).isEqualTo("1");
            assertThat(setting("ipv6/conf/all/forwarding")).isEqualTo("1");
            assertThat(setting("ipv6/conf/uplink/accept_ra"))
                    .as("the uplink goes on to learn its routes")
                    .isEqualTo("2");

            world.networks().remove(first);
            assertThat(ipv4()).isEqualTo("1");
            world.networks().remove(second);
            assertThat(ipv4()).isEqualTo("0");
            assertThat(setting("ipv6/conf/all/forwarding")).isEqualTo("0");
            assertThat(setting("ipv6/conf/uplink/accept_ra")).isEqualTo("1");
        }
    }

    @Test
    void staysOnWhenItWasOnBefore() throws Exception {
        try (World world = new World()) {
            Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
            world.networks().remove(world.network("n1"));
            assertThat(ipv4()).isEqualTo("1");
        }
    }

    @Test
    void staysOnForOthersWhoCameLater() throws Exception {
        try (World world = new World()) {
            ContainerNetwork network = world.network("n1");
            world.netlink().run(RtRequests.addBridge(new LinkSettings().name("docker0")));
            world.networks().remove(network);
            assertThat(ipv4()).isEqualTo("1");
        }
    }

    @Test
    void anotherEngineKnowsWhatWasSwitchedOn(@TempDir Path run) throws Exception {
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "0");
        Path memory = run.resolve("forwarding");
        new Forwarding(memory).on(false);
        assertThat(ipv4()).isEqualTo("1");

        new Forwarding(memory).off(false);

        assertThat(ipv4()).isEqualTo("0");
        assertThat(memory).doesNotExist();
    }

    private static String ipv4() throws IOException {
        return setting("ipv4/ip_forward");
    }

    private static String setting(String name) throws IOException {
        return Files.readString(Path.of("/proc/sys/net", name)).strip();
    }
}
