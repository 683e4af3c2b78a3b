package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@RequiresRoot
class ContainerOperationsIT extends EngineScenario {
    private static final String TWO = """
            services:
              web:
                image: localhost/host
                scale: 2
                command: bash -c 'trap "exit 7" TERM; trap "echo hup" HUP; echo ready; while :; do sleep 0.05; echo tick; done'
            """;

    private ContainerOperations containers() {
        return engine().engine().containers();
    }

    @Test
    void oneOfTwoReplicasIsStoppedStartedAndRemoved() throws Exception {
        up(TWO);
        awaitLog("web-1 STDOUT ready");

        assertThat(containers().stop("p-web-1", null)).isTrue();
        assertThat(containers().stop("p-web-1", null)).isFalse();
        assertThat(state("p-web-1")).isEqualTo("exited 7");
        assertThat(state("p-web-2")).isEqualTo("running");

        assertThat(containers().start("p-web-1")).isTrue();
        assertThat(containers().start("p-web-1")).isFalse();
        var before = engine().container("p-web-1").startedAt();
        containers().restart("p-web-1", 0);
        assertThat(engine().container("p-web-1").startedAt()).isAfter(before);

        assertThatThrownBy(() -> containers().remove("p-web-1", false, false))
                .hasMessage("cannot remove container p-web-1: it is running; stop it or force it");
        containers().remove("p-web-1", true, false);
        assertThatThrownBy(() -> containers().start("p-web-1")).hasMessage("no such container: p-web-1");
        assertThat(state("p-web-2")).isEqualTo("running");
    }

    @Test
    void aPausedContainerDoesNothingUntilItIsUnpaused() throws Exception {
        up(TWO);
        awaitLog("web-1 STDOUT tick");

        containers().pause("p-web-1");
        assertThat(state("p-web-1")).isEqualTo("paused");
        // What web-1 wrote before is in the log when something later is.
        awaitMoreFrom("web-2");
        long ticks = ticks();
        awaitMoreFrom("web-2");
        assertThat(ticks()).isEqualTo(ticks);
        assertThatThrownBy(() -> containers().pause("p-web-1")).hasMessage("container p-web-1 is already paused");
        assertThatThrownBy(() -> containers().start("p-web-1")).isInstanceOf(EngineException.class);

        containers().unpause("p-web-1");
        assertThat(state("p-web-1")).isEqualTo("running");
        awaitMoreFrom("web-1");
        assertThatThrownBy(() -> containers().unpause("p-web-1")).hasMessage("container p-web-1 is not paused");
    }

    @Test
    void aPausedContainerStaysSoUnderAnotherEngineAndCanBeKilled() throws Exception {
        up(TWO);
        awaitLog("web-1 STDOUT ready");
        containers().pause("p-web-1");
        killEngine();
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("paused");

        containers().kill("p-web-1", "KILL");

        await().untilAsserted(() -> assertThat(state("p-web-1")).isEqualTo("exited 137"));
        assertThatThrownBy(() -> containers().kill("p-web-1", "KILL"))
                .hasMessage("cannot kill container p-web-1: container is not running");
    }

    @Test
    void aPausedContainerIsNotFoundUnhealthy() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    healthcheck: {test: "true", interval: 50ms, timeout: 200ms, retries: 1}
                """);
        await().until(() -> engine().container("p-web-1").health().equals("healthy"));

        containers().pause("p-web-1");
        await().pollDelay(java.time.Duration.ofMillis(500)).until(() -> true);

        assertThat(engine().container("p-web-1").health()).isEqualTo("healthy");
        containers().unpause("p-web-1");
    }

    @Test
    void aWaitEndsWithTheExitCode() throws Exception {
        up(TWO);
        awaitLog("web-1 STDOUT ready");
        CompletableFuture<Integer> notRunning = waiting(WaitCondition.NOT_RUNNING);
        CompletableFuture<Integer> nextExit = waiting(WaitCondition.NEXT_EXIT);
        CompletableFuture<Integer> removed = waiting(WaitCondition.REMOVED);

        containers().kill("p-web-1", "SIGTERM");

        assertThat(notRunning.get()).isEqualTo(7);
        assertThat(nextExit.get()).isEqualTo(7);
        assertThat(removed).isNotDone();
        assertThat(containers().await("p-web-1", WaitCondition.NOT_RUNNING)).isEqualTo(7);
        containers().remove("p-web-1", false, false);
        assertThat(removed.get()).isEqualTo(7);
    }

    private CompletableFuture<Integer> waiting(WaitCondition condition) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                () -> containers().await("p-web-1", condition, begun::countDown), task -> new Thread(task).start());
        begun.await();
        return code;
    }

    private long ticks() {
        return engine().logs().stream().filter("web-1 STDOUT tick"::equals).count();
    }

    private void awaitMoreFrom(String container) {
        long now = linesOf(container);
        await().until(() -> linesOf(container) > now + 3);
    }

    private long linesOf(String container) {
        return engine().logs().stream()
                .filter(line -> line.startsWith(container))
                .count();
    }

    private void awaitLog(String line) {
        await().until(() -> engine().logs().contains(line));
    }
}
