package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

@RequiresRoot
class StopAndRestartIT extends EngineScenario {
    private static final String TRAPPING = """
            services:
              web:
                image: localhost/host
                command: bash -c 'trap "echo asked to leave; exit 5" USR1; echo ready; while :; do sleep 0.05; done'
                stop_signal: SIGUSR1
                stop_grace_period: 20s
                restart: always
            """;

    @Test
    void stopSendsTheServicesSignalAndTheContainerIsNotStartedAgain() throws Exception {
        up(TRAPPING);
        awaitLog("ready");
        engine().engine().projects().stop(new ServicesRequest("p", Set.of(), null, null, false), engine().listener());
        assertThat(state("p-web-1")).isEqualTo("exited 5");
        assertThat(engine().logs()).contains("web-1 STDOUT asked to leave");
        assertThat(engine().events()).containsSubsequence("CONTAINER p-web-1 Stopping", "CONTAINER p-web-1 Stopped");
    }

    @Test
    void whoIgnoresTheSignalIsKilledAfterTheGrace() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    stop_grace_period: 300ms
                """);
        long begun = System.nanoTime();
        engine().engine().projects().stop(new ServicesRequest("p", Set.of(), null, null, false), engine().listener());
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("not at once, and not the usual ten seconds")
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(9));
        assertThat(state("p-web-1")).isEqualTo("exited 137");
    }

    @Test
    void startRunsTheSameContainerAgainWithItsFiles() throws Exception {
        up("services:\n  web: {image: localhost/host, command: sleep 1000}\n");
        String id = engine().container("p-web-1").id();
        engine().exec("p-web-1", "sh", "-c", "echo here > /left-behind");
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        engine().engine().projects().start(TestEngine.services(), engine().listener());
        assertThat(engine().container("p-web-1").id()).isEqualTo(id);
        assertThat(engine().exec("p-web-1", "cat", "/left-behind")).isEqualTo("0: here\n");
    }

    @Test
    void restartSaysSoAndGivesANewProcess() throws Exception {
        up("services:\n  web: {image: localhost/host, command: sleep 1000}\n");
        var before = engine().container("p-web-1").startedAt();
        engine().forgetEvents();
        engine().engine().projects().restart(TestEngine.services("web"), engine().listener());
        assertThat(engine().container("p-web-1").startedAt()).isAfter(before);
        assertThat(engine().events()).contains("CONTAINER p-web-1 Restarting", "CONTAINER p-web-1 Started");
    }

    @Test
    void dependantsAreStoppedFirst() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, depends_on: [db]}
                  db: {image: localhost/host, command: sleep 1000}
                """);
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        assertThat(engine().events())
                .containsSubsequence(
                        "CONTAINER p-web-1 Stopped", "CONTAINER p-db-1 Stopping", "CONTAINER p-db-1 Stopped");
    }

    @Test
    void killSendsAnySignalAndOnlyThoseThatEndAreMeantToStop() throws Exception {
        up(TRAPPING);
        awaitLog("ready");
        kill("SIGCONT");
        assertThat(state("p-web-1")).isEqualTo("running");
        kill("KILL");
        await().untilAsserted(() -> assertThat(state("p-web-1")).isEqualTo("exited 137"));
        assertThat(engine().events()).contains("CONTAINER p-web-1 Killing", "CONTAINER p-web-1 Killed");
        engine().engine().projects().start(TestEngine.services(), engine().listener());
        engine().engine().containers().pause("p-web-1");
        kill("KILL");
        assertThat(state("p-web-1")).isEqualTo("exited 137");
        assertThatThrownBy(() -> kill("SIGNOTHING"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("SIGNOTHING");
    }

    @Test
    void aServiceThatAlwaysRestartsDoesSoSlowerEachTime() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sh -c 'date +%s%3N', restart: always}
                """);
        await().until(() -> engine().logs().size() >= 4);
        var times = engine().logs().stream()
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(100);
        assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(200);
        assertThat(times.get(3) - times.get(2)).isGreaterThanOrEqualTo(400);
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        assertThat(state("p-web-1")).isEqualTo("exited 0");
    }

    @Test
    void aRestartThatFailsIsTriedAgain() throws Exception {
        Path program = Files.createDirectory(directory().resolve("bin")).resolve("program");
        Files.writeString(program, "#!/bin/sh\nuntil [ -e /own/crash ]; do sleep 0.02; done\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path away = program.resolveSibling("away");
        up("""
                services:
                  web: {image: localhost/host, command: /own/program, volumes: ["./bin:/own"], restart: always}
                """);
        Files.move(program, away);
        Path crash = Files.createFile(program.resolveSibling("crash"));
        await().untilAsserted(() -> {
            assertThat(state("p-web-1")).isEqualTo("restarting");
            assertThat(engine().container("p-web-1").exitCode()).isEqualTo(127);
        });
        Files.delete(crash);
        Files.move(away, program);
        await().untilAsserted(() -> assertThat(state("p-web-1")).isEqualTo("running"));
    }

    @Test
    void downTakesAContainerThatKeepsRestarting() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: "true", restart: always, scale: 3}
                """);
        engine().down();
        assertThat(hasContainers()).isFalse();
        assertThat(engine().events()).noneMatch(event -> event.contains("Error"));
    }

    @Test
    void anEngineThatComesLaterRestartsWhatEndedMeanwhileButNotWhatWasStopped() throws Exception {
        up("""
                services:
                  ended:
                    image: localhost/host
                    command: sh -c 'test -e /second && exec sleep 1000; touch /second; exec sleep 0.4'
                    restart: unless-stopped
                  stopped:
                    image: localhost/host
                    command: sleep 1000
                    restart: unless-stopped
                """);
        engine().engine().projects().stop(TestEngine.services("stopped"), engine().listener());
        var firstRun = engine().container("p-ended-1").startedAt();
        killEngine();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        startAnotherEngine();
        await().untilAsserted(() -> {
            assertThat(state("p-ended-1")).isEqualTo("running");
            assertThat(engine().container("p-ended-1").startedAt()).isAfter(firstRun);
        });
        assertThat(state("p-stopped-1")).isEqualTo("exited 137");
    }

    private void kill(String signal) {
        engine().engine().projects().kill(new ServicesRequest("p", Set.of(), null, signal, false), engine().listener());
    }

    private void awaitLog(String line) {
        await().until(() -> engine().logs().contains("web-1 STDOUT " + line));
    }
}
