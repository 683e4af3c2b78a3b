package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class EngineIT {
    @TempDir
    Path directory;

    @Test
    void aStackComesUpItsServicesFindEachOtherAndDownLeavesNothing() throws Exception {
        Leftovers leftovers = Leftovers.before(directory);
        try (TestEngine engine = new TestEngine(directory)) {
            engine.up(directory, """
                    services:
                      web:
                        image: localhost/host
                        command: sh -c 'echo web is here; exec sleep 1000'
                        depends_on:
                          db: {condition: service_healthy}
                      db:
                        image: localhost/host
                        command: sh -c 'sleep 0.3; touch /ready; exec sleep 1000'
                        healthcheck:
                          test: test -e /ready
                    """);
            assertThat(engine.engine().containers().list(Optional.of("p")))
                    .extracting(ContainerSummary::name, ContainerSummary::state, ContainerSummary::health)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("p-db-1", "running", "healthy"),
                            org.assertj.core.groups.Tuple.tuple("p-web-1", "running", ""));
            String address = engine.engine()
                    .containers()
                    .list(Optional.of("p"))
                    .get(0)
                    .networks()
                    .get("p_default");
            assertThat(engine.exec("p-web-1", "getent", "hosts", "db")).startsWith("0: " + address);
            assertThat(engine.logs()).containsExactly("web-1 STDOUT web is here");
            engine.down();
            assertThat(engine.engine().containers().list(Optional.empty())).isEmpty();
        }
        leftovers.awaitNone();
    }

    @Test
    void anotherEngineTakesOverWhatRunsAndNoticesWhatHasEnded() throws Exception {
        String compose = """
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                  short:
                    image: localhost/host
                    command: sh -c 'echo begin; sleep 0.5; echo last words; exit 7'
                """;
        try (TestEngine first = new TestEngine(directory)) {
            first.up(directory, compose);
        }
        Awaitility.await().until(() -> ProcessHandle.allProcesses().noneMatch(EngineIT::isTheShortOne));
        try (TestEngine second = new TestEngine(directory)) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(second.engine().containers().list(Optional.of("p")))
                            .extracting(ContainerSummary::name, ContainerSummary::state, ContainerSummary::exitCode)
                            .containsExactly(
                                    org.assertj.core.groups.Tuple.tuple("p-short-1", "exited", 7),
                                    org.assertj.core.groups.Tuple.tuple("p-web-1", "running", 0)));
            assertThat(second.logs()).containsExactly("short-1 STDOUT begin", "short-1 STDOUT last words");
            assertThat(second.exec("p-web-1", "getent", "hosts", "web")).startsWith("0: 10.");
            second.up(directory, compose);
            assertThat(second.events()).contains("CONTAINER p-web-1 Running", "CONTAINER p-short-1 Started");
            second.down();
        }
    }

    private static boolean isTheShortOne(ProcessHandle process) {
        return process.info().arguments().stream()
                .flatMap(Stream::of)
                .anyMatch(argument -> argument.contains("echo last words"));
    }
}
