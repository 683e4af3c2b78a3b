package dev.jcompose.cli.command.network;

import static dev.jcompose.cli.FakeEngine.network;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary.Pool;
import dev.jcompose.engine.api.PruneNetworksRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCommandsTest {
    @TempDir
    private Path directory;

    private TestWorld world;
    private String shopId = "";

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.networks = List.of(network("lan", "macvlan"), network("shop_default", "bridge"));
        shopId = world.engine.networks.get(1).id();
    }

    @Test
    void lsHasDockersColumns() {
        world.run("network", "ls");

        assertThat(world.out())
                .isEqualTo("""
                NETWORK ID     NAME           DRIVER    SCOPE
                %s   lan            macvlan   local
                %s   shop_default   bridge    local
                """.formatted(world.engine.networks.get(0).shortId(), shopId.substring(0, 12)));
    }

    @Test
    void lsFiltersAndFormats() {
        world.run("network", "ls", "-q", "--no-trunc", "--filter", "driver=bridge");
        assertThat(world.out()).isEqualTo(shopId + "\n");

        world.run("network", "ls", "--filter", "label=com.docker.compose.project=other");
        assertThat(world.out()).isEqualTo("NETWORK ID   NAME      DRIVER    SCOPE\n");

        world.run("network", "ls", "--filter", "name=shop", "--format", "{{.Name}} {{.Labels}} {{.IPv6}}");
        assertThat(world.out()).isEqualTo("shop_default com.docker.compose.project=shop false\n");

        world.run("network", "ls", "--filter", "name=lan", "--format", "json");
        assertThat(world.out()).startsWith("{\"CreatedAt\":\"2026-01-02T15:04:05Z\",\"Driver\":\"macvlan\",");

        assertThat(world.run("network", "ls", "--filter", "size=1")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("invalid filter 'size'\n");
    }

    @Test
    void inspectShowsAllThatIsKnownAndWhatIsMissing() {
        assertThat(world.run("network", "inspect", shopId.substring(0, 6), "nope"))
                .isEqualTo(1);
        assertThat(world.out())
                .startsWith("[\n")
                .contains(
                        "\"Name\": \"shop_default\"",
                        "\"Subnet\": \"10.200.1.0/24\"",
                        "\"IPv4Address\": \"10.200.1.2/24\"");
        assertThat(world.err()).isEqualTo("network nope not found\n");

        world.run("network", "inspect", "-f", "{{.IPAM.Driver}} {{json .Internal}}", "shop_default");
        assertThat(world.out()).isEqualTo("default false\n");
    }

    @Test
    void pruneAsksFirst() {
        world.input("n\n");
        assertThat(world.run("network", "prune")).isZero();
        assertThat(world.out())
                .isEqualTo("WARNING! This will remove all custom networks not used by at least one container.\n"
                        + "Are you sure you want to continue? [y/N] ");
        assertThat(world.engine.requests).isEmpty();

        assertThat(world.run("network", "prune", "-f", "--filter", "label=a=b")).isZero();
        assertThat(world.out()).isEqualTo("Deleted Networks:\nlan\nshop_default\n\n");
        assertThat(world.engine.requests).containsExactly(new PruneNetworksRequest(List.of("a=b"), null));
        assertThat(world.run("network", "prune", "-f", "--filter", "name=a")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("invalid filter 'name=a': label or until\n");
    }

    @Test
    void connectAndDisconnectTakeDockersOptions() {
        assertThat(world.run("network", "connect", "--alias", "a", "--ip", "10.1.2.3", "lan", "shop-db-1"))
                .isZero();
        assertThat(world.run("network", "disconnect", "-f", "lan", "shop-db-1")).isZero();
        assertThat(world.engine.requests)
                .containsExactly(
                        new ConnectRequest("shop-db-1", List.of("a"), "10.1.2.3", null, List.of(), null, Map.of(), 0),
                        "disconnect shop-db-1 from lan");
    }

    @Test
    void createPairsSubnetsWithTheirGateways() {
        world.run(
                "network",
                "create",
                "-d",
                "bridge",
                "--ipv6",
                "--subnet",
                "10.9.0.0/24",
                "--subnet",
                "fd09::/64",
                "--gateway",
                "10.9.0.254",
                "--aux-address",
                "printer=10.9.0.7",
                "-o",
                "a=b",
                "--label",
                "x",
                "web");

        assertThat(world.engine.requests(NetworkRequest.class))
                .containsExactly(new NetworkRequest(
                        "web",
                        "bridge",
                        false,
                        false,
                        null,
                        true,
                        List.of(
                                new Pool("10.9.0.0/24", "", "10.9.0.254", Map.of("printer", "10.9.0.7")),
                                new Pool("fd09::/64", "", "", Map.of())),
                        Map.of("a", "b"),
                        Map.of("x", "")));
        assertThat(world.run("network", "create", "--gateway", "10.9.0.1", "web"))
                .isEqualTo(1);
    }

    @Test
    void rmGoesOnAfterOneThatIsNotThere() {
        assertThat(world.run("network", "rm", "nope", "lan")).isEqualTo(1);
        assertThat(world.out()).isEqualTo("lan\n");
        assertThat(world.run("network", "rm", "-f", "nope")).isZero();
    }
}
