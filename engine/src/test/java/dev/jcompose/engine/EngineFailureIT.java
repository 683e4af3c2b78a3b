package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.HostSnapshot;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class EngineFailureIT {
    @TempDir
    Path directory;

    private HostSnapshot before;
    private TestEngine engine;

    @BeforeEach
    void start() throws Exception {
        before = HostSnapshot.take(directory.resolve("run"));
        engine = new TestEngine(directory);
    }

    @AfterEach
    void nothingIsLeftAfterDown() throws Exception {
        engine.down();
        engine.close();
        before.awaitNothingAdded();
    }

    @Test
    void aMissingImageIsNamedAndNothingIsCreated() {
        assertThatThrownBy(() -> engine.up(directory, """
                        services:
                          web: {image: "nowhere.example/web:1"}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("services.web: image \"nowhere.example/web:1\" is not here");
        assertThat(engine.events()).isEmpty();
    }

    @Test
    void aCommandThatIsNotThereFailsTheStartAndSaysSo() {
        assertThatThrownBy(() -> engine.up(directory, """
                        services:
                          web: {image: localhost/host, command: [no-such-program]}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no-such-program");
        ContainerSummary web = only();
        assertThat(web.state()).isEqualTo("created");
        assertThat(web.exitCode()).isEqualTo(127);
    }

    @Test
    void aDependencyThatExitsKeepsItsDependantFromStartingAndSaysWhy() {
        assertThatThrownBy(() -> engine.up(directory, """
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
        assertThat(engine.events()).doesNotContain("CONTAINER p-web-1 Started");
    }

    @Test
    void anUnhealthyDependencyShowsWhatItsCheckSaid() {
        assertThatThrownBy(() -> engine.up(directory, """
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
    void aFailingServiceIsRestartedAsOftenAsItsPolicySays() throws Exception {
        engine.up(directory, """
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'echo again; exit 4'
                    restart: on-failure:2
                """);
        Awaitility.await().untilAsserted(() -> {
            assertThat(only().state()).isEqualTo("exited");
            assertThat(engine.logs()).containsExactly("web-1 STDOUT again", "web-1 STDOUT again", "web-1 STDOUT again");
        });
        assertThat(only().exitCode()).isEqualTo(4);
    }

    @Test
    void aContainerThatUsesTooMuchMemoryIsReportedAsKilledForThat() throws Exception {
        engine.up(directory, """
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
        return engine.engine().containers(Optional.of("p")).get(0);
    }
}
