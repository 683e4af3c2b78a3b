package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of output, by {@code logging}. */
@RequiresRoot
class LogDriversIT extends EngineScenario {

    @Test
    void theNewestFilesAreKeptAndTheOlderOnesAreCompressed() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'for i in 1 2 3 4 5 6; do seq $${i}0000 $${i}1999; sleep 0.05; done; exec sleep 1000'
                    logging: {driver: json-file, options: {max-size: 20k, max-file: "3", compress: "true"}}
                """);
        await().untilAsserted(() -> assertThat(engine().logs()).endsWith("web-1 STDOUT 61999"));
        await().untilAsserted(() ->
                assertThat(logFiles().filter(name -> name.endsWith(".data.gz"))).hasSize(2));
        assertThat(logFiles().filter(name -> name.endsWith(".data"))).hasSize(1);
        List<String> lines = engine().logs();
        assertThat(lines).hasSizeGreaterThan(5000);
        assertThat(lines.subList(lines.size() - 2000, lines.size()))
                .containsExactlyElementsOf(IntStream.range(60_000, 62_000)
                        .mapToObj(i -> "web-1 STDOUT " + i)
                        .toList());
    }

    private Stream<String> logFiles() throws IOException {
        Path log = directory()
                .resolve("data/containers")
                .resolve(engine().container("p-web-1").id())
                .resolve("log");
        try (Stream<Path> files = Files.list(log)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void noneKeepsNothingAndTheContainerGoesOnAndLogsSaySo() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'seq 1 300000; touch /done; exec sleep 1000'
                    logging: {driver: none}
                """);
        await().untilAsserted(() ->
                assertThat(engine().exec("p-web-1", "ls", "/done")).isEqualTo("0: /done\n"));
        assertThat(engine().logs()).containsExactly("web-1 ENGINE keeps no log: its logging driver is \"none\"");
        assertThat(logFiles()).isEmpty();
    }

    @Test
    void whatIsNotKeptCanBeSeenWhileItComes() throws Exception {
        List<String> read = new CopyOnWriteArrayList<>();
        Instant before = Instant.now();
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'echo first; until [ -e /go ]; do sleep 0.02; done; echo second; exit 3'
                    logging: {driver: none}
                """);
        CompletableFuture<Void> whole = CompletableFuture.runAsync(() -> engine().engine()
                .logs(
                        new LogsRequest("p", Set.of(), true, null, before, null, null),
                        entry -> read.add(new String(entry.text(), UTF_8))));
        await().untilAsserted(() -> assertThat(read).containsExactly("first"));
        ByteArrayOutputStream attached = new ByteArrayOutputStream();
        AttachSession session = engine().engine().containers().attach(new AttachRequest("p-web-1", false, null, ""));
        CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> session.run(attached, attached));
        engine().exec("p-web-1", "touch", "/go");
        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(3);
        whole.get(60, TimeUnit.SECONDS);
        assertThat(attached.toString(UTF_8)).isEqualTo("second\n");
        assertThat(read).containsExactly("first", "second", "exited with code 3");
        session.close();
    }

    @Test
    void anUnknownDriverIsRefusedBeforeAnythingIsMade() {
        assertThatThrownBy(
                        () -> up("services: {web: {image: localhost/host, command: 'true', logging: {driver: gelf}}}"))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "services.web.logging.driver: \"gelf\" is not supported; known are json-file, local, none and syslog");
        assertThat(hasContainers()).isFalse();
    }

    @Test
    void longLinesAndBytesThatAreNoTextComeThrough() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: bash -c 'head -c 1000000 /dev/zero | tr "\\0" x; echo; printf "\\xff\\xfe\\n"; printf rest'
                """);
        await().untilAsserted(() -> {
            List<String> lines = engine().logs();
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).hasSize("web-1 STDOUT ".length() + 1_000_000);
            assertThat(lines.get(1)).isEqualTo("web-1 STDOUT \uFFFD\uFFFD");
            assertThat(lines.get(2)).isEqualTo("web-1 STDOUT rest");
        });
    }
}
