package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.client.EngineClient;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine is killed between every two steps of {@code up} and of {@code down}: what ran goes on, and the same command
 * again does what the first one began.
 */
@RequiresRoot
class KilledAtEveryStepIT {
    private static final String STACK = """
            services:
              db: {image: localhost/host, command: sh -c 'echo begun; exec sleep 1000', volumes: ["data:/data", /own], stop_grace_period: 50ms}
              web: {image: localhost/host, command: sleep 1000, depends_on: [db], stop_grace_period: 50ms}
            volumes: {data: {}}
            """;
    private static final String BYSTANDER = """
            name: q
            services:
              counter: {image: localhost/host, command: "bash -c 'for ((i = 0;; i++)); do echo $$i; sleep 0.005; done'"}
            """;

    @TempDir
    private Path directory;

    private EngineDirectories directories;
    private EngineClient client;
    private Process engine;
    private Leftovers leftovers;

    @BeforeEach
    void start() throws IOException {
        leftovers = Leftovers.before(directory);
        directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
        client = new EngineClient(directories.socket());
        engine = startEngine();
    }

    @Test
    void nothingIsLostAndEverythingCanBeRepeated() throws Exception {
        client.projects().up(UpRequest.of(TestEngine.canonical(directory, BYSTANDER, "q")), event -> {});
        ContainerSummary bystander = containers("q").get(0);
        String project = TestEngine.canonical(directory, STACK);
        Deque<String> ups = placesOf(() -> up(project));
        Deque<String> downs = placesOf(this::down);
        assertThat(ups).hasSizeGreaterThan(15);
        assertThat(downs).hasSizeGreaterThan(15);

        while (!ups.isEmpty() || !downs.isEmpty()) {
            if (!ups.isEmpty()) {
                dyingAt(ups.remove(), () -> up(project));
                stillRuns(bystander);
            }
            up(project);
            assertThat(containers("p"))
                    .hasSize(2)
                    .allMatch(container -> container.state().equals("running"));
            if (!downs.isEmpty()) {
                dyingAt(downs.remove(), this::down);
                stillRuns(bystander);
            }
            down();
            assertThat(containers("p")).isEmpty();
        }

        List<String> lines = new ArrayList<>();
        client.logs(
                new LogsRequest("q", Set.of(), false, null, null, null, null),
                entry -> lines.add(new String(entry.text(), UTF_8)));
        assertThat(lines)
                .hasSizeGreaterThan(100)
                .isEqualTo(IntStream.range(0, lines.size())
                        .mapToObj(Integer::toString)
                        .toList());
        client.projects().down(new DownRequest("q", null, Set.of(), true, true, "none", 0), event -> {});
        client.stopEngine(true);
        engine.waitFor();
        leftovers.awaitNone();
    }

    private void up(String project) {
        client.projects().up(UpRequest.of(project), event -> {});
    }

    private void down() {
        client.projects().down(new DownRequest("p", null, Set.of(), true, true, "none", null), event -> {});
    }

    /** The places that an operation comes to, each kind within a step only once. */
    private Deque<String> placesOf(Runnable operation) throws IOException {
        Files.deleteIfExists(MortalEngine.places(directory));
        // It counts anew with every order.
        Files.writeString(MortalEngine.order(directory), "nowhere " + operation.hashCode());
        operation.run();
        Deque<String> places = new ArrayDeque<>();
        for (String place : Files.readAllLines(MortalEngine.places(directory))) {
            if (place.endsWith("#1") && !places.contains(place)) {
                places.add(place);
            }
        }
        return places;
    }

    private void dyingAt(String place, Runnable operation) throws Exception {
        Files.writeString(MortalEngine.order(directory), place);
        try {
            operation.run();
        } catch (EngineException expected) {
            // It is told by the client: the engine has gone away.
        }
        await(place).atMost(Duration.ofSeconds(20)).until(() -> !engine.isAlive());
        Files.delete(MortalEngine.order(directory));
        engine = startEngine();
    }

    private void stillRuns(ContainerSummary bystander) {
        ContainerSummary now = containers("q").get(0);
        assertThat(now.id()).isEqualTo(bystander.id());
        assertThat(now.state()).isEqualTo("running");
        assertThat(now.startedAt()).isEqualTo(bystander.startedAt());
    }

    private List<ContainerSummary> containers(String project) {
        return client.containers().list(Optional.of(project));
    }

    private Process startEngine() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jcompose.engine.MortalEngine",
                directory.toString());
        builder.environment().put("JCOMPOSE_DATA_DIR", directories.data().toString());
        builder.environment().put("JCOMPOSE_RUN_DIR", directories.run().toString());
        Files.createDirectories(directories.data());
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directories.log().toFile()));
        Process started = builder.start();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> client.version().pid() == started.pid());
        return started;
    }
}
