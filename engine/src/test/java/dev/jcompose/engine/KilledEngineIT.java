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
import dev.jcompose.engine.core.Wiring;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.testing.EngineProcess;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as a process of its own, killed for real. */
@RequiresRoot
class KilledEngineIT {
    private static final int LINES = 600;

    @TempDir
    private Path directory;

    private EngineDirectories directories;
    private EngineProcess engine;
    private EngineClient client;
    private Leftovers leftovers;

    @BeforeEach
    void start() throws IOException {
        leftovers = Leftovers.before(directory);
        directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
        engine = new EngineProcess(directory, "dev.jcompose.engine.EngineMain");
        client = engine.client();
    }

    @AfterEach
    void nothingIsLeftAfterDown() throws Exception {
        client.projects().down(new DownRequest("p", null, Set.of(), true, true, "none", 0), event -> {});
        engine.stop();
        leftovers.awaitNone();
    }

    @Test
    void containersRunOnEveryLineIsThereOnceAndDownCleansUp() throws Exception {
        client.projects().up(UpRequest.of(TestEngine.canonical(directory, """
                services:
                  writer:
                    image: localhost/host
                    command: bash -c 'for i in {1..%d}; do echo $$i; sleep 0.005; done; exec sleep 1000'
                  short:
                    image: localhost/host
                    command: sh -c 'sleep 0.3; echo bye; exit 6'
                  again:
                    image: localhost/host
                    command: sh -c 'test -e /second && exec sleep 1000; touch /second; sleep 0.3'
                    restart: always
                """.formatted(LINES))), event -> {});
        String id = container("p-writer-1").id();
        var startedAt = container("p-writer-1").startedAt();
        await().until(() -> logs("writer").size() > 10);
        for (int i = 0; i < 2; i++) {
            engine.kill();
            engine.startAnother();
            assertThat(container("p-writer-1").state()).isEqualTo("running");
        }
        assertThat(container("p-writer-1").id()).isEqualTo(id);
        assertThat(container("p-writer-1").startedAt()).isEqualTo(startedAt);
        await().until(() -> logs("writer").contains(Integer.toString(LINES)));
        assertThat(logs("writer"))
                .isEqualTo(IntStream.rangeClosed(1, LINES)
                        .mapToObj(Integer::toString)
                        .toList());
        await().untilAsserted(() -> {
            assertThat(container("p-short-1").state()).isEqualTo("exited");
            assertThat(container("p-short-1").exitCode()).isEqualTo(6);
            assertThat(container("p-again-1").state()).isEqualTo("running");
        });
        assertThat(logs("short")).containsExactly("bye");
    }

    @Test
    void anEngineThatWasKilledDuringUpLeavesNothingThatDownDoesNotRemove() throws Exception {
        String project = TestEngine.canonical(directory, """
                services:
                  web: {image: localhost/host, command: sleep 1000, scale: 8, volumes: [/data]}
                """);
        Thread up = new Thread(() -> {
            try {
                client.projects().up(UpRequest.of(project), event -> {});
            } catch (EngineException expected) {
                // The engine goes away in the middle.
            }
        });
        up.start();
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> Files.isDirectory(directories.run().resolve("containers")));
        engine.kill();
        up.join();
        engine.startAnother();
        client.projects().up(UpRequest.of(project), event -> {});
        assertThat(client.containers().list(Optional.of("p")))
                .hasSize(8)
                .allMatch(container -> container.state().equals("running"));
    }

    @Test
    void networksThatAKilledEngineHadNotWrittenDownAreRemovedByTheNextOne() throws Exception {
        StringBuilder networks =
                new StringBuilder("services: {web: {image: localhost/host, command: sleep 1000, networks: [");
        StringBuilder declared = new StringBuilder("networks:\n");
        for (int i = 0; i < 12; i++) {
            networks.append(i == 0 ? "" : ", ").append("n").append(i);
            declared.append("  n").append(i).append(": {enable_ipv6: true}\n");
        }
        String project = TestEngine.canonical(directory, networks + "]}}\n" + declared);
        Thread up = new Thread(() -> {
            try {
                client.projects().up(UpRequest.of(project), event -> {});
            } catch (EngineException expected) {
                // The engine goes away in the middle.
            }
        });
        up.start();
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> Files.isDirectory(directories.data().resolve("networks")));
        engine.kill();
        up.join();
        engine.startAnother();
        client.projects().down(new DownRequest("p", null, Set.of(), true, true, "none", 0), event -> {});
        leftovers.awaitNone();
    }

    @Test
    void whatItHadMadeAheadGoesWithIt() throws Exception {
        client.projects().up(UpRequest.of(TestEngine.canonical(directory, """
                services: {web: {image: localhost/host, command: sleep 1000}}
                """)), event -> {});
        // The bridge, the container's cable, and two for whoever comes next.
        await().untilAsserted(() -> assertThat(links()).hasSize(4));

        engine.kill();

        await().untilAsserted(() -> assertThat(links()).hasSize(2));
        engine.startAnother();
        client.projects().up(UpRequest.of(TestEngine.canonical(directory, """
                services: {web: {image: localhost/host, command: sleep 1000, scale: 4}}
                """)), event -> {});
        await().untilAsserted(() -> assertThat(links()).hasSize(7));
        client.projects().down(new DownRequest("p", null, Set.of(), true, true, "none", 0), event -> {});
        assertThat(links()).isEmpty();
    }

    /** The links of the host in the group of the engine's network. */
    private List<String> links() throws IOException {
        Process ip = new ProcessBuilder("ip", "-o", "link").start();
        List<String> all =
                new String(ip.getInputStream().readAllBytes(), UTF_8).lines().toList();
        Pattern group = Pattern.compile(" group \\S+ ");
        Optional<MatchResult> ours = all.stream()
                .filter(link -> link.contains(Wiring.engineId(directories) + ":"))
                .flatMap(link -> group.matcher(link).results())
                .findFirst();
        return ours.isEmpty()
                ? List.of()
                : all.stream().filter(link -> link.contains(ours.get().group())).toList();
    }

    private ContainerSummary container(String name) {
        return client.containers().list(Optional.of("p")).stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> logs(String service) {
        List<String> lines = new ArrayList<>();
        client.logs(
                new LogsRequest("p", Set.of(service), false, null, null, null, null),
                entry -> lines.add(new String(entry.text(), UTF_8)));
        return lines;
    }
}
