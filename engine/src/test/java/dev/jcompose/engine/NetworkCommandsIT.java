package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.NetworkFilter;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PruneNetworksRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.wire.NetworkJson;
import dev.jcompose.linux.testing.RequiresRoot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Networks beside projects, and what is told of all of them. */
@RequiresRoot
class NetworkCommandsIT extends EngineScenario {

    @Test
    void aNetworkOfNoProjectIsMadeForProjectsToUse() throws Exception {
        NetworkRequest request = new NetworkRequest(
                "it-beside",
                "",
                false,
                true,
                null,
                null,
                List.of(new NetworkSummary.Pool("10.213.73.0/24", "", "10.213.73.254", Map.of())),
                Map.of(),
                Map.of("purpose", "test"));
        NetworkSummary made = engine().engine().networks().create(request);
        assertThatThrownBy(() -> engine().engine().networks().create(request))
                .hasMessage("network with name it-beside already exists");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    networks: [beside, default]
                networks: {beside: {external: true, name: it-beside}}
                """);

        NetworkSummary used = network("it-beside");
        assertThat(used.id()).isEqualTo(made.id()).matches("[0-9a-f]{64}");
        assertThat(used.endpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.name()).isEqualTo("p-web-1"))
                .satisfies(endpoint -> assertThat(endpoint.ipv4())
                        .isEqualTo(engine().container("p-web-1").networks().get("it-beside") + "/24"));
        assertThat(NetworkJson.read(JsonObject.parse(NetworkJson.write(used).toString())))
                .isEqualTo(used);
        assertThatThrownBy(() -> engine().engine().networks().remove("it-beside"))
                .hasMessage("network \"it-beside\" is in use by [p-web-1]");
        engine().down();
        assertThat(network("it-beside").endpoints()).as("down leaves it").isEmpty();
        engine().engine().networks().remove(made.id().substring(0, 10));
        assertThat(engine().engine().networks().list())
                .extracting(NetworkSummary::name)
                .containsExactly("bridge", "host", "none");
    }

    @Test
    void theNetworksOfProjectsHaveTheirLabels() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                """);
        NetworkSummary network = network("p_default");
        assertThat(network.project()).isEqualTo("p");
        assertThat(network.labels())
                .containsEntry("com.docker.compose.project", "p")
                .containsEntry("com.docker.compose.network", "default")
                .containsKey("com.docker.compose.config-hash");
        assertThat(new NetworkFilter(Map.of("label", List.of("com.docker.compose.network=default"))).accepts(network))
                .isTrue();
    }

    @Test
    void whatNoContainerBelongsToIsPruned() throws Exception {
        for (String name : List.of("it-one", "it-two")) {
            engine().engine()
                    .networks()
                    .create(new NetworkRequest(
                            name,
                            "",
                            false,
                            false,
                            null,
                            null,
                            List.of(),
                            Map.of(),
                            name.equals("it-two") ? Map.of("keep", "no") : Map.of()));
        }
        up("""
                services:
                  web: {image: localhost/host, command: "true"}
                """);
        Awaitility.await().until(() -> state("p-web-1").startsWith("exited"));
        NetworkOperations networks = engine().engine().networks();
        assertThat(networks.prune(new PruneNetworksRequest(List.of("keep=no"), Instant.EPOCH)))
                .isEmpty();
        assertThat(networks.prune(new PruneNetworksRequest(List.of("keep=no"), null)))
                .containsExactly("it-two");
        assertThat(networks.prune(new PruneNetworksRequest(List.of(), null)))
                .as("not that of a container that has ended")
                .containsExactly("it-one");
        assertThat(network("p_default").endpoints()).isEmpty();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> engine().engine().networks().remove("host"))
                .hasMessage("network \"host\" is always there and cannot be removed");
        assertThatThrownBy(() -> engine().engine().networks().remove("nope")).hasMessage("network nope not found");
        assertThatThrownBy(() -> engine().engine()
                        .networks()
                        .create(new NetworkRequest("a/b", "", false, false, null, null, List.of(), Map.of(), Map.of())))
                .hasMessage("network name \"a/b\" has other characters than letters, digits, _ . -");
        assertThatThrownBy(() -> engine().engine()
                        .networks()
                        .create(new NetworkRequest(
                                "it-x", "overlay", false, false, null, null, List.of(), Map.of(), Map.of())))
                .hasMessage("networks.it-x: network driver \"overlay\" is none of bridge, macvlan, ipvlan");
    }

    private NetworkSummary network(String name) {
        return NetworkSummary.find(engine().engine().networks().list(), name).orElseThrow();
    }
}
