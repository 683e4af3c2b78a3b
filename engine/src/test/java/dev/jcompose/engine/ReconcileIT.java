package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@RequiresRoot
class ReconcileIT extends EngineScenario {
    private static final String TWO = """
            services:
              web:
                image: localhost/host
                command: sleep 1000
                depends_on: [db]
              db:
                image: localhost/host
                command: sleep %d
            """;

    @Test
    void aSecondUpChangesNothing() throws Exception {
        up(TWO.formatted(1000));
        List<String> ids = ids();
        engine().forgetEvents();
        up(TWO.formatted(1000));
        assertThat(engine().events()).containsExactly("CONTAINER p-db-1 Running", "CONTAINER p-web-1 Running");
        assertThat(ids()).isEqualTo(ids);
    }

    @Test
    void onlyAChangedServiceIsMadeAnew() throws Exception {
        up(TWO.formatted(1000));
        String web = engine().container("p-web-1").id();
        String db = engine().container("p-db-1").id();
        engine().forgetEvents();
        up(TWO.formatted(2000));
        assertThat(engine().container("p-web-1").id()).isEqualTo(web);
        assertThat(engine().container("p-db-1").id()).isNotEqualTo(db);
        assertThat(engine().events())
                .containsSubsequence(
                        "CONTAINER p-db-1 Recreate: configuration changed",
                        "CONTAINER p-db-1 Recreated",
                        "CONTAINER p-db-1 Starting",
                        "CONTAINER p-db-1 Started")
                .contains("CONTAINER p-web-1 Running");
    }

    @Test
    void aServiceIsScaledUpAndDown() throws Exception {
        String compose = "services:\n  web: {image: localhost/host, command: sleep 1000}\n";
        up(compose);
        engine().up(scaled(compose, 3));
        assertThat(names()).containsExactly("p-web-1", "p-web-2", "p-web-3");
        engine().up(scaled(compose, 1));
        assertThat(names()).containsExactly("p-web-1");
        engine().up(scaled(compose, 0));
        assertThat(names()).isEmpty();
    }

    @Test
    void aServiceThatIsGoneFromTheFileStaysWithAWarningUntilItIsToBeRemoved() throws Exception {
        up(TWO.formatted(1000));
        String one = "services:\n  db: {image: localhost/host, command: sleep 1000}\n";
        up(one);
        assertThat(names()).containsExactly("p-db-1", "p-web-1");
        assertThat(engine().events()).anyMatch(event -> event.contains("Found orphan containers (p-web-1)"));
        UpRequest usual = request(one);
        engine().up(UpRequest.builder(usual.projectJson())
                .removeOrphans(true)
                .stopTimeoutSeconds(0)
                .build());
        assertThat(names()).containsExactly("p-db-1");
    }

    @Test
    void whatWasOnlyCreatedIsStartedByStartInTheOrderOfItsDependencies() throws Exception {
        UpRequest usual = request(TWO.formatted(1000));
        engine().up(UpRequest.builder(usual.projectJson()).noStart(true).build());
        assertThat(state("p-web-1")).isEqualTo("created");
        assertThat(engine().container("p-web-1").startedAt()).isNull();
        engine().engine().projects().start(TestEngine.services("web"), engine().listener());
        assertThat(state("p-web-1")).isEqualTo("running");
        assertThat(engine().events()).containsSubsequence("CONTAINER p-db-1 Started", "CONTAINER p-web-1 Started");
    }

    @Test
    void oneServiceComesUpWithWhatItNeedsAndWithoutTheRest() throws Exception {
        UpRequest usual = request(TWO.formatted(1000) + "  other: {image: localhost/host, command: sleep 1000}\n");
        engine().up(UpRequest.builder(usual.projectJson())
                .services(Set.of("web"))
                .build());
        assertThat(names()).containsExactly("p-db-1", "p-web-1");
    }

    @Test
    void aChangedNetworkIsMadeAnewWithItsContainers() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000}
                networks: {default: {internal: %s}}
                """;
        up(compose.formatted("false"));
        up(compose.formatted("true"));
        assertThat(engine().events())
                .containsSubsequence(
                        "CONTAINER p-web-1 Recreate: network p_default changed",
                        "NETWORK p_default Removed",
                        "NETWORK p_default Created",
                        "CONTAINER p-web-1 Started");
        assertThat(engine().exec("p-web-1", "cat", "/proc/net/route")).doesNotContain("eth0\t00000000");
    }

    private UpRequest scaled(String compose, int replicas) throws Exception {
        return UpRequest.builder(request(compose).projectJson())
                .scale(Map.of("web", replicas))
                .stopTimeoutSeconds(0)
                .build();
    }

    private List<String> names() {
        return engine().engine().containers().list(Optional.of("p")).stream()
                .map(ContainerSummary::name)
                .toList();
    }

    private List<String> ids() {
        return engine().engine().containers().list(Optional.of("p")).stream()
                .map(ContainerSummary::id)
                .toList();
    }
}
