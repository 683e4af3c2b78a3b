package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class EventStreamIT extends EngineScenario {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Thread listening = new Thread(this::listen);

    private void listen() {
        try {
            engine().engine()
                    .events(
                            new EventsRequest(Optional.of("p"), null, null),
                            event -> heard.add(event.name() + " " + event.action() + " "
                                    + event.attributes().getOrDefault("exitCode", "")));
        } catch (EngineException expected) {
            heard.add("end of stream: " + expected.kind());
        }
    }

    @BeforeEach
    void beginToListen() {
        listening.start();
        await().until(() -> listening.getState() == Thread.State.WAITING);
    }

    @AfterEach
    void endListening() throws InterruptedException {
        listening.interrupt();
        listening.join();
        assertThat(heard).last().isEqualTo("end of stream: CANCELLED");
    }

    @Test
    void tellsHowAContainerEndedThoughNobodyAskedForIt() throws Exception {
        up("services:\n  web: {image: localhost/host, command: sh -c 'sleep 0.1; exit 4'}\n");
        await().until(() -> heard.contains("p-web-1 Exited 4"));
    }

    @Test
    void tellsOfEveryChangeOfHealth() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    healthcheck: {test: test -e /ready, interval: 50ms, retries: 2}
                """);
        await().until(() -> heard.stream().anyMatch(event -> event.startsWith("p-web-1 Unhealthy")));
        engine().exec("p-web-1", "touch", "/ready");
        await().until(() -> heard.stream().anyMatch(event -> event.startsWith("p-web-1 Healthy")));
    }

    @Test
    void tellsOfEachStartOnceAndBeforeTheEnd() throws Exception {
        up("""
                services:
                  quick: {image: localhost/host, command: "true", scale: 5}
                  after:
                    image: localhost/host
                    command: "true"
                    depends_on: {quick: {condition: service_completed_successfully}}
                """);
        await().until(() -> heard.contains("p-after-1 Exited 0"));
        for (String container : List.of("quick-1", "quick-2", "quick-3", "quick-4", "quick-5", "after-1")) {
            assertThat(heard)
                    .containsSubsequence("p-" + container + " Started ", "p-" + container + " Exited 0")
                    .filteredOn(event -> event.matches("p-" + container + " (Started|Exited) ?.*"))
                    .hasSize(2);
        }
    }

    @Test
    void tellsOfASignalBeforeTheEndAndOfTheEndBeforeTheStop() throws Exception {
        up("services:\n  web: {image: localhost/host, command: sleep 1000, stop_signal: KILL}\n");
        for (int i = 0; i < 5; i++) {
            heard.clear();
            engine().engine().projects().restart(TestEngine.services(), engine().listener());
            await().until(() -> heard.contains("p-web-1 Started "));
            assertThat(heard)
                    .containsSubsequence(
                            "p-web-1 Signalled ", "p-web-1 Exited 137", "p-web-1 Stopped ", "p-web-1 Started ");
        }
    }

    @Test
    void tellsOfHealthChecksAndHooksAsOfOtherCommands() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    healthcheck: {test: [CMD, "true"]}
                    post_start: [{command: ["true"]}]
                """);
        await().until(() -> heard.stream().filter("p-web-1 Exec died 0"::equals).count() == 2);
        assertThat(heard).containsSubsequence("p-web-1 Exec created ", "p-web-1 Exec started ", "p-web-1 Exec died 0");
    }

    @Test
    void tellsOfEachRestart() throws Exception {
        up("services:\n  web: {image: localhost/host, command: 'false', restart: 'on-failure:1'}\n");
        await().until(() -> heard.stream().filter("p-web-1 Exited 1"::equals).count() == 2);
    }
}
