package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two people, or two scripts, work on one project at the same time. */
@RequiresRoot
class TwoCommandsIT extends EngineScenario {

    @Test
    void theSecondWaitsForTheFirstAndSaysSo() throws Exception {
        UpRequest request = request("""
                services:
                  web: {image: localhost/host, command: sleep 1000, depends_on: {db: {condition: service_healthy}}}
                  db: {image: localhost/host, command: sleep 1000, healthcheck: {test: test -e /go, interval: 1s}}
                """);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> engine().up(request));
        await().until(() -> engine().events().contains("CONTAINER p-db-1 Waiting"));
        List<String> told = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> engine().engine().projects().up(request, event -> told.add(event.detail())));
        await().untilAsserted(() -> assertThat(told)
                .containsExactly("another command works on project \"p\": this one goes on when that has ended"));
        assertThat(engine().exec("p-db-1", "touch", "/go")).isEqualTo("0: ");
        CompletableFuture.allOf(first, second).get(60, TimeUnit.SECONDS);
        assertThat(containers()).containsExactlyInAnyOrder("p-db-1 running", "p-web-1 running");
    }

    @Test
    void upsAndDownsAtOnceEndWithAllOrNothing() throws Exception {
        UpRequest request = request("""
                services:
                  web: {image: localhost/host, command: sleep 1000, scale: 3, stop_grace_period: 0s, volumes: [/own, "data:/data"]}
                volumes: {data: {}}
                """);
        for (int round = 0; round < 4; round++) {
            List<CompletableFuture<Void>> commands = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                commands.add(CompletableFuture.runAsync(() -> engine().up(request)));
                commands.add(CompletableFuture.runAsync(() -> engine().engine()
                        .projects()
                        .down(new DownRequest("p", null, Set.of(), true, true, "none", 0), event -> {})));
            }
            CompletableFuture.allOf(commands.toArray(CompletableFuture<?>[]::new))
                    .get(60, TimeUnit.SECONDS);
            assertThat(containers().size()).isIn(0, 3);
            assertThat(containers()).allMatch(container -> container.endsWith(" running"));
        }
    }

    @Test
    void oneThatDoesNotListenKeepsOnlyItsOwnEndWaiting() throws Exception {
        UpRequest request = request(
                "services: {web: {image: localhost/host, command: sleep 1000, scale: 20, stop_grace_period: 0s}}");
        CountDownLatch reads = new CountDownLatch(1);
        CompletableFuture<Void> suspended =
                CompletableFuture.runAsync(() -> engine().engine().projects().up(request, event -> {
                    try {
                        reads.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        await().untilAsserted(() ->
                assertThat(containers()).hasSize(20).allMatch(container -> container.endsWith(" running")));
        engine().up(request);
        assertThat(suspended).isNotDone();
        reads.countDown();
        suspended.get(60, TimeUnit.SECONDS);
    }

    private List<String> containers() {
        return engine().engine().containers().list(Optional.of("p")).stream()
                .map(TwoCommandsIT::line)
                .toList();
    }

    private static String line(ContainerSummary container) {
        return container.name() + " " + container.state();
    }
}
