package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@RequiresRoot
class DependenciesIT extends EngineScenario {
    private static final String CHECKED = """
            services:
              web:
                image: localhost/host
                command: sleep 1000
                healthcheck: {test: test -e /ready, interval: 100ms, retries: 2}
            """;

    @Test
    void aServiceStartsWhenWhatItNeedsHasCompleted() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    depends_on:
                      migrate: {condition: service_completed_successfully}
                  migrate: {image: localhost/host, command: sleep 0.2}
                """);
        assertThat(engine().events())
                .containsSubsequence(
                        "CONTAINER p-migrate-1 Started",
                        "CONTAINER p-migrate-1 Waiting",
                        "CONTAINER p-migrate-1 Exited",
                        "CONTAINER p-web-1 Started");
        assertThat(state("p-migrate-1")).isEqualTo("exited 0");
    }

    @Test
    void anOptionalDependencyThatFailsIsAWarning() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    depends_on:
                      migrate: {condition: service_completed_successfully, required: false}
                  migrate: {image: localhost/host, command: sh -c 'exit 9'}
                """);
        assertThat(state("p-web-1")).isEqualTo("running");
        assertThat(engine().events())
                .anyMatch(event -> event.startsWith("CONTAINER p-migrate-1 Warning: ") && event.contains("exited (9)"));
    }

    @Test
    void waitingReturnsWhenEverythingIsHealthy() throws Exception {
        engine().up(waiting(CHECKED.replace("sleep 1000", "sh -c 'sleep 0.1; touch /ready; exec sleep 1000'"), 20));
        assertThat(engine().container("p-web-1").health()).isEqualTo("healthy");
    }

    @Test
    void waitingEndsWithTheTimeoutOrTheFailure() throws Exception {
        String slow = CHECKED.replace("retries: 2", "retries: 1000");
        assertThatThrownBy(() -> engine().up(waiting(slow, 1)))
                .isInstanceOf(EngineException.class)
                .hasMessage("application not healthy after 1s");
        assertThatThrownBy(() -> engine().up(waiting(CHECKED, 20)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("p-web-1 is unhealthy");
    }

    @Test
    void healthIsCheckedOnByTheEngineThatComesLater() throws Exception {
        up(CHECKED);
        await().untilAsserted(
                        () -> assertThat(engine().container("p-web-1").health()).isEqualTo("unhealthy"));
        assertThat(engine().events()).doesNotContain("CONTAINER p-web-1 Healthy");
        killEngine();
        startAnotherEngine();
        assertThat(engine().container("p-web-1").health()).isEqualTo("unhealthy");
        assertThat(engine().exec("p-web-1", "touch", "/ready")).isEqualTo("0: ");
        await().untilAsserted(
                        () -> assertThat(engine().container("p-web-1").health()).isEqualTo("healthy"));
        killEngine();
        startAnotherEngine();
        assertThat(engine().container("p-web-1").health()).isEqualTo("healthy");
        engine().exec("p-web-1", "rm", "/ready");
        await().untilAsserted(
                        () -> assertThat(engine().container("p-web-1").health()).isEqualTo("unhealthy"));
    }

    @Test
    void whatItsChecksSaidIsReportedByTheEngineThatComesLater() throws Exception {
        up(CHECKED.replace("test -e /ready", "echo no connection; exit 4"));
        await().untilAsserted(
                        () -> assertThat(engine().container("p-web-1").health()).isEqualTo("unhealthy"));
        killEngine();
        startAnotherEngine();
        assertThatThrownBy(
                        () -> engine().up(waiting(CHECKED.replace("test -e /ready", "echo no connection; exit 4"), 20)))
                .hasMessageContainingAll("p-web-1 is unhealthy", "exit code 4: no connection");
    }

    @Test
    void aCheckThatHangsIsEndedAndCountsAsFailed() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    healthcheck: {test: sleep 999, interval: 100ms, timeout: 200ms, retries: 1}
                """);
        await().untilAsserted(
                        () -> assertThat(engine().container("p-web-1").health()).isEqualTo("unhealthy"));
    }

    @Test
    void aDependencyThatFailsIsReportedWithAllThatIsKnownOfIt() {
        assertThatThrownBy(() -> up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, depends_on: [api]}
                  api: {image: localhost/host, command: sleep 1000, depends_on: {db: {condition: service_healthy}}}
                  db:
                    image: localhost/host
                    command: sh -c "echo cannot open data; sleep 1000"
                    healthcheck: {test: "echo not yet; exit 7", interval: 200ms, retries: 2}
                """))
                .hasMessageContainingAll(
                        "dependency failed to start: container p-db-1 is unhealthy",
                        "needed by: web -> api -> db",
                        "exit code 7: not yet",
                        "cannot open data");
        assertThat(state("p-web-1")).isEqualTo("created");
    }

    @Test
    void aDependencyThatEndsBeforeItIsHealthyIsReportedWithItsExitAndItsChecks() {
        assertThatThrownBy(() -> up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, depends_on: {db: {condition: service_healthy}}}
                  db:
                    image: localhost/host
                    command: sh -c "sleep 0.5; echo giving up; exit 5"
                    healthcheck: {test: "echo not yet; exit 7", interval: 10s}
                """))
                .hasMessageContainingAll("p-db-1 exited (5)", "web -> db", "exit code 7: not yet", "giving up");
    }

    private UpRequest waiting(String compose, @Nullable Integer timeoutSeconds) throws Exception {
        return UpRequest.builder(request(compose).projectJson())
                .awaitReady(true)
                .waitTimeoutSeconds(timeoutSeconds)
                .stopTimeoutSeconds(0)
                .build();
    }
}
