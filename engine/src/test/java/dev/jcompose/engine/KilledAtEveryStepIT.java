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
import dev.jcompose.engine.testing.EngineProcess;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

    /** Each has an engine of its own, and dies in its share of the places. */
    private static final int CHAINS = 3;

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostAndEverythingCanBeRepeated() throws Exception {
        List<Leftovers> leftovers = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CHAINS);
        try {
            List<Future<Integer>> chains = new ArrayList<>();
            for (int i = 0; i < CHAINS; i++) {
                int number = i;
                Path own = Files.createDirectory(directory.resolve("chain" + i));
                leftovers.add(Leftovers.before(own));
                chains.add(threads.submit(() -> new Chain(own, number).run()));
            }
            for (Future<Integer> chain : chains) {
                assertThat(chain.get(3, TimeUnit.MINUTES)).isGreaterThan(30);
            }
        } finally {
            threads.shutdownNow();
        }
        leftovers.forEach(Leftovers::awaitNone);
    }

    /** One engine, killed again and again. */
    private static final class Chain {
        private final Path directory;
        private final int number;
        private final EngineProcess engine;
        private final EngineClient client;

        private Chain(Path directory, int number) throws IOException {
            this.directory = directory;
            this.number = number;
            this.engine = new EngineProcess(directory, "dev.jcompose.engine.MortalEngine", directory.toString());
            this.client = engine.client();
        }

        /** Gives the number of all places, those of the other chains too. */
        private int run() throws Exception {
            client.projects().up(UpRequest.of(TestEngine.canonical(directory, BYSTANDER, "q")), event -> {});
            ContainerSummary bystander = containers("q").get(0);
            String project = TestEngine.canonical(directory, STACK);
            List<String> ups = placesOf(() -> up(project));
            List<String> downs = placesOf(this::down);
            Deque<String> ownUps = own(ups);
            Deque<String> ownDowns = own(downs);
            while (!ownUps.isEmpty() || !ownDowns.isEmpty()) {
                if (!ownUps.isEmpty()) {
                    dyingAt(ownUps.remove(), () -> up(project));
                    stillRuns(bystander);
                }
                up(project);
                assertThat(containers("p"))
                        .hasSize(2)
                        .allMatch(container -> container.state().equals("running"));
                if (!ownDowns.isEmpty()) {
                    dyingAt(ownDowns.remove(), this::down);
                    stillRuns(bystander);
                }
                down();
                assertThat(containers("p")).isEmpty();
            }
            everyLineIsThereOnce();
            client.projects().down(new DownRequest("q", null, Set.of(), true, true, "none", 0), event -> {});
            engine.stop();
            return ups.size() + downs.size();
        }

        private Deque<String> own(List<String> places) {
            Deque<String> own = new ArrayDeque<>();
            for (int i = number; i < places.size(); i += CHAINS) {
                own.add(places.get(i));
            }
            return own;
        }

        private void everyLineIsThereOnce() {
            List<String> lines = new ArrayList<>();
            client.logs(
                    new LogsRequest("q", Set.of(), false, null, null, null, null),
                    entry -> lines.add(new String(entry.text(), UTF_8)));
            assertThat(lines)
                    .hasSizeGreaterThan(100)
                    .isEqualTo(IntStream.range(0, lines.size())
                            .mapToObj(Integer::toString)
                            .toList());
        }

        private void up(String project) {
            client.projects().up(UpRequest.of(project), event -> {});
        }

        private void down() {
            client.projects().down(new DownRequest("p", null, Set.of(), true, true, "none", null), event -> {});
        }

        /** The places that an operation comes to, each kind within a step only once; always in the same order. */
        private List<String> placesOf(Runnable operation) throws IOException {
            Files.deleteIfExists(MortalEngine.places(directory));
            // It counts anew with every order.
            Files.writeString(MortalEngine.order(directory), "nowhere " + operation.hashCode());
            operation.run();
            return Files.readAllLines(MortalEngine.places(directory)).stream()
                    .filter(place -> place.endsWith("#1"))
                    .distinct()
                    .sorted()
                    .toList();
        }

        private void dyingAt(String place, Runnable operation) throws Exception {
            Files.writeString(MortalEngine.order(directory), place);
            try {
                operation.run();
            } catch (EngineException expected) {
                // It is told by the client: the engine has gone away.
            }
            await(place).pollInterval(Duration.ofMillis(10)).until(() -> !engine.isAlive());
            Files.delete(MortalEngine.order(directory));
            engine.startAnother();
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
    }
}
