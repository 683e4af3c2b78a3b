package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresRoot
class EngineFailureIT extends EngineScenario {
    @Test
    void aMissingImageIsNamedAndNothingIsCreated() {
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: "nowhere.example/web:1", pull_policy: never}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("services.web: no such image: nowhere.example/web:1", "policy \"never\"");
        assertThat(engine().events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restart: sometimes    | services.web.restart: invalid restart policy \"sometimes\": no, always,",
                "restart: on-failure:x | services.web.restart: invalid restart policy \"on-failure:x\": not a number",
                "stop_signal: SIGNOPE  | services.web.stop_signal: invalid signal: SIGNOPE"
            })
    void whatCouldOnlyGoWrongWhenAContainerEndsIsRefusedBeforeAnythingIsCreated(String attribute, String message) {
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: localhost/host, command: sleep 1000, %s}
                        """.formatted(attribute)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(message);
        assertThat(hasContainers()).isFalse();
        assertThat(engine().events()).isEmpty();
    }

    @Test
    void aCommandThatIsNotThereFailsTheStartAndSaysSo() {
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: localhost/host, command: [no-such-program]}
                        """)).isInstanceOf(EngineException.class).hasMessageContaining("no-such-program");
        ContainerSummary web = only();
        assertThat(web.state()).isEqualTo("created");
        assertThat(web.exitCode()).isEqualTo(127);
    }

    @Test
    void aDependencyThatExitsKeepsItsDependantFromStartingAndSaysWhy() {
        assertThatThrownBy(() -> up("""
                        services:
                          web:
                            image: localhost/host
                            command: sleep 1000
                            depends_on:
                              migrate: {condition: service_completed_successfully}
                          migrate:
                            image: localhost/host
                            command: sh -c 'echo cannot reach the database; exit 3'
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("p-migrate-1", "exited (3)", "cannot reach the database");
        assertThat(engine().events()).doesNotContain("CONTAINER p-web-1 Started");
    }

    @Test
    void anUnhealthyDependencyShowsWhatItsCheckSaid() {
        assertThatThrownBy(() -> up("""
                        services:
                          web:
                            image: localhost/host
                            command: sleep 1000
                            depends_on:
                              db: {condition: service_healthy}
                          db:
                            image: localhost/host
                            command: sleep 1000
                            healthcheck:
                              test: echo no connection; exit 1
                              interval: 200ms
                              retries: 2
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("p-db-1 is unhealthy", "exit code 1", "no connection");
    }

    @Test
    void whatFailedComesUpWhenTheFileIsCorrected() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: %s, volumes: [/data]}
                  db: {image: localhost/host, command: sleep 1000}
                """;
        assertThatThrownBy(() -> up(compose.formatted("no-such-program"))).isInstanceOf(EngineException.class);
        up(compose.formatted("sleep 1000"));
        assertThat(state("p-web-1")).isEqualTo("running");
        assertThat(state("p-db-1")).isEqualTo("running");
    }

    @Test
    void aPortThatCannotBeHadIsRefusedBeforeAnythingIsCreated() {
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: localhost/host, command: sleep 1000, ports: ["203.0.113.9:8080:80"]}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("203.0.113.9", "8080");
        assertThat(engine().events()).isEmpty();
    }

    @Test
    void whoGivesUpWaitingIsToldAtOnceAndDownStillCleansUp() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                up("""
                        services:
                          web: {image: localhost/host, command: sleep 1000, depends_on: {db: {condition: service_healthy}}}
                          db: {image: localhost/host, command: sleep 1000, healthcheck: {test: "false", interval: 60s}}
                        """);
            } catch (IOException | EngineException e) {
                failure.complete(e);
            }
        });
        waiting.start();
        Awaitility.await().until(() -> engine().events().contains("CONTAINER p-db-1 Waiting"));
        waiting.interrupt();
        assertThat(failure.get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CANCELLED));
        assertThat(engine().events()).doesNotContain("CONTAINER p-web-1 Starting");
    }

    @Test
    void aFailingServiceIsRestartedAsOftenAsItsPolicySays() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'echo again; exit 4'
                    restart: on-failure:2
                """);
        Awaitility.await().untilAsserted(() -> {
            assertThat(only().state()).isEqualTo("exited");
            assertThat(engine().logs())
                    .containsExactly("web-1 STDOUT again", "web-1 STDOUT again", "web-1 STDOUT again");
        });
        assertThat(only().exitCode()).isEqualTo(4);
    }

    @Test
    void aContainerThatUsesTooMuchMemoryIsReportedAsKilledForThat() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'tail /dev/zero'
                    mem_limit: 16m
                """);
        Awaitility.await().untilAsserted(() -> assertThat(only().state()).isEqualTo("exited"));
        assertThat(only().oomKilled()).isTrue();
    }

    private ContainerSummary only() {
        return engine().engine().containers().list(Optional.of("p")).get(0);
    }
}
