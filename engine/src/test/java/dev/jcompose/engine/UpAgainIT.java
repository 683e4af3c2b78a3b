package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.api.UpRequest.ChangedVolumes;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a second up makes of a changed file. */
@RequiresRoot
class UpAgainIT extends EngineScenario {

    @Test
    void twoServicesSwapTheirPortsNamesAndAddresses() throws Exception {
        int one = freePort();
        int two = freePort();
        String compose = """
                services:
                  a:
                    image: localhost/host
                    command: sleep 1000
                    container_name: %s
                    ports: ["%d:80"]
                    networks: {default: {ipv4_address: 10.213.7.%d}}
                  b:
                    image: localhost/host
                    command: sleep 1000
                    container_name: %s
                    ports: ["%d:80"]
                    networks: {default: {ipv4_address: 10.213.7.%d}}
                networks: {default: {ipam: {config: [{subnet: 10.213.7.0/24}]}}}
                """;
        up(compose.formatted("first", one, 11, "second", two, 12));
        up(compose.formatted("second", two, 12, "first", one, 11));
        assertThat(engine().container("second").service()).isEqualTo("a");
        assertThat(engine().container("first").service()).isEqualTo("b");
        assertThat(engine().container("second").publishers().get(0).publishedPort())
                .isEqualTo(two);
        assertThat(engine().container("first").networks()).containsEntry("p_default", "10.213.7.11");
        assertThat(states()).isEqualTo(Map.of("first", "running", "second", "running"));
    }

    @Test
    void aRenamedServiceTakesOverThePortOfTheOneThatItWas() throws Exception {
        String compose = "services:\n  %s: {image: localhost/host, command: sleep 1000, ports: [\"%d:80\"]}\n";
        int port = freePort();
        up(compose.formatted("old", port));
        UpRequest usual = request(compose.formatted("new", port));
        assertThatThrownBy(() -> engine().up(usual)).hasMessageContaining(Integer.toString(port));
        assertThat(states()).isEqualTo(Map.of("p-old-1", "running"));
        engine().up(UpRequest.builder(usual.projectJson())
                .removeOrphans(true)
                .stopTimeoutSeconds(0)
                .build());
        assertThat(states()).isEqualTo(Map.of("p-new-1", "running"));
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndChangesNothing() throws Exception {
        String compose = "services:\n  web: {image: localhost/host, command: sleep %d}\n";
        engine().up(UpRequest.builder(request(compose.formatted(1)).projectJson())
                .execution(new Execution(true, Execution.UNLIMITED))
                .build());
        assertThat(engine().events())
                .containsExactly(
                        "NETWORK p_default Creating",
                        "NETWORK p_default Created",
                        "CONTAINER p-web-1 Creating",
                        "CONTAINER p-web-1 Created",
                        "CONTAINER p-web-1 Starting",
                        "CONTAINER p-web-1 Started");
        assertThat(hasContainers()).isFalse();
        up(compose.formatted(1000));
        String id = engine().container("p-web-1").id();
        engine().forgetEvents();
        engine().up(UpRequest.builder(request(compose.formatted(2000)).projectJson())
                .execution(new Execution(true, Execution.UNLIMITED))
                .build());
        assertThat(engine().events())
                .startsWith("CONTAINER p-web-1 Recreate: configuration changed", "CONTAINER p-web-1 Recreated");
        assertThat(engine().container("p-web-1").id()).isEqualTo(id);
    }

    @Test
    void whoSharesTheNetworkOfAServiceFindsItAgainAfterThatWasMadeAnew() throws Exception {
        String compose = """
                services:
                  owner: {image: localhost/host, command: sleep %d}
                  sharer: {image: localhost/host, command: sleep 1000, network_mode: "service:owner"}
                """;
        up(compose.formatted(1000));
        String id = engine().container("p-sharer-1").id();
        up(compose.formatted(2000));
        assertThat(engine().container("p-sharer-1").id()).isEqualTo(id);
        assertThat(engine().exec("p-sharer-1", "readlink", "/proc/self/ns/net"))
                .isEqualTo(engine().exec("p-owner-1", "readlink", "/proc/self/ns/net"))
                .startsWith("0: net:");
    }

    @Test
    void aContainerThatCannotBeMadeLeavesTheOldOneRunning() throws Exception {
        up("services:\n  web: {image: localhost/host, command: sleep 1000}\n");
        String id = engine().container("p-web-1").id();
        assertThatThrownBy(() -> up("services:\n  web: {image: localhost/host, command: []}\n"))
                .isInstanceOf(EngineException.class);
        assertThat(engine().container("p-web-1").id()).isEqualTo(id);
        assertThat(states()).isEqualTo(Map.of("p-web-1", "running"));
    }

    @Test
    void anUpThatFailedHalfwayCanBeRepeated() throws Exception {
        String compose = """
                services:
                  db: {image: localhost/host, command: sleep 1000}
                  web: {image: localhost/host, command: "%s", depends_on: [db]}
                """;
        assertThatThrownBy(() -> up(compose.formatted("/no/such/command"))).hasMessageContaining("/no/such/command");
        assertThat(states()).isEqualTo(Map.of("p-db-1", "running", "p-web-1", "created"));
        String db = engine().container("p-db-1").id();
        up(compose.formatted("sleep 1000"));
        assertThat(states()).isEqualTo(Map.of("p-db-1", "running", "p-web-1", "running"));
        assertThat(engine().container("p-db-1").id()).isEqualTo(db);
    }

    @Test
    void whatCannotStartSaysWhoNeedsIt() {
        assertThatThrownBy(() -> up("""
                services:
                  web: {image: localhost/host, command: sleep 1, depends_on: [api]}
                  api: {image: localhost/host, command: sleep 1, depends_on: [db]}
                  db: {image: localhost/host, command: /no/such/command}
                """)).hasMessageContainingAll("/no/such/command", "needed by: web -> api -> db");
    }

    @Test
    void replicasComeAndGoByTheirNumbers() throws Exception {
        String compose = "services:\n  web: {image: localhost/host, command: sleep 1000, deploy: {replicas: %d}}\n";
        up(compose.formatted(2));
        up(compose.formatted(3));
        assertThat(states()).containsOnlyKeys("p-web-1", "p-web-2", "p-web-3");
        up(compose.formatted(1));
        assertThat(states()).containsOnlyKeys("p-web-1");
        UpRequest named = request("services:\n  web: {image: localhost/host, command: sleep 1, container_name: one}\n");
        assertThatThrownBy(() -> engine().up(UpRequest.builder(named.projectJson())
                        .scale(Map.of("web", 2))
                        .build()))
                .hasMessageContaining("container_name \"one\" allows one container, not 2");
    }

    @Test
    void aChangedVolumeIsOnlyMadeAnewWhenTheUserWantsThat() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000, volumes: ["data:/data"]}
                volumes: {data: {labels: {a: "%s"}}}
                """;
        up(compose.formatted("1"));
        assertThat(engine().exec("p-web-1", "touch", "/data/file")).isEqualTo("0: ");
        up(compose.formatted("2"));
        assertThat(engine().exec("p-web-1", "ls", "/data")).isEqualTo("0: file\n");
        UpRequest usual = request(compose.formatted("2"));
        assertThatThrownBy(() -> engine().up(UpRequest.builder(usual.projectJson())
                        .changedVolumes(ChangedVolumes.ASK)
                        .build()))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.QUESTION));
        engine().up(UpRequest.builder(usual.projectJson())
                .changedVolumes(ChangedVolumes.RECREATE)
                .stopTimeoutSeconds(0)
                .build());
        assertThat(engine().exec("p-web-1", "ls", "/data")).isEqualTo("0: ");
    }

    @Test
    void aNameThatAnotherProjectsContainerHasIsRefusedBeforeAnythingIsDone() throws Exception {
        String compose = "services:\n  web: {image: localhost/host, command: sleep 1000, container_name: taken}\n";
        up(compose);
        String other = request(compose).projectJson().replace("\"name\":\"p\"", "\"name\":\"q\"");
        assertThatThrownBy(() -> engine().up(UpRequest.of(other)))
                .hasMessage("container name \"taken\" is in use by a container of project \"p\"");
        assertThat(engine().events()).noneMatch(event -> event.contains("q_default"));
    }

    private Map<String, String> states() {
        List<ContainerSummary> all = engine().engine().containers().list(Optional.of("p"));
        return all.stream().collect(Collectors.toMap(ContainerSummary::name, ContainerSummary::state));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
