package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineProcess;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack of ten services comes and goes, and the engine has what it had. The system property
 * {@code jcompose.soak.cycles} says how often; what it took is written to {@code target/soak.txt}.
 */
@RequiresRoot
class SoakIT {
    private static final int CYCLES = Integer.getInteger("jcompose.soak.cycles", 10);
    /** Enough to fill what keeps the last so many of something. */
    private static final int WARM_UP = 8;
    /** Far more than what the JVM and the libraries go on to keep for themselves. */
    private static final long HEAP_BYTES = 3_000_000 + CYCLES * 20_000L;

    /** While it runs, the engine does not leave. */
    private static final String BYSTANDER = "services: {sleeper: {image: localhost/host, command: sleep 1000}}";

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // begun by the test
    private EngineProcess engine;

    private String project = "";

    @Test
    void aStackThatComesAndGoesLeavesNothing() throws Exception {
        Leftovers leftovers = Leftovers.before(directory);
        project = TestEngine.canonical(directory, stack());
        engine = new EngineProcess(directory, "dev.jcompose.engine.EngineMain");
        engine.client().projects().up(UpRequest.of(TestEngine.canonical(directory, BYSTANDER, "q")), event -> {});
        List<Duration> cycles = new ArrayList<>();
        for (int i = 0; i < WARM_UP; i++) {
            cycle();
        }
        LiveObjects heapBefore = LiveObjects.of(engine.pid());
        List<String> descriptors = descriptors();
        int threads = threads();
        List<String> mounts = mounts();
        long residentBefore = residentKiB();
        for (int i = 0; i < CYCLES; i++) {
            cycles.add(cycle());
        }
        LiveObjects heapAfter = LiveObjects.of(engine.pid());
        report(cycles, heapBefore.bytes(), heapAfter.bytes(), residentBefore, residentKiB());

        // What is made and removed beside the requests, and what is kept ready, may be some more or less at the moment.
        await().untilAsserted(() ->
                assertThat(descriptors()).as("before: %s", descriptors).hasSizeLessThan(descriptors.size() + CYCLES));
        await().untilAsserted(
                        () -> assertThat(mounts()).as("before: %s", mounts).hasSizeLessThan(mounts.size() + CYCLES));
        await().untilAsserted(() -> assertThat(threads() - threads).isLessThan(CYCLES));
        await().untilAsserted(() -> {
            LiveObjects now = LiveObjects.of(engine.pid());
            Map<String, Long> grown = now.grown(heapBefore, CYCLES);
            // The journal keeps the last hundreds, and of some kinds there are only a few in each cycle.
            grown.remove(Event.class.getName());
            assertThat(grown).as("one more in every cycle").isEmpty();
            assertThat(now.bytes() - heapBefore.bytes()).isLessThan(HEAP_BYTES);
        });
        down("q");
        engine.stop();
        leftovers.awaitNone();
    }

    private static String stack() {
        StringBuilder compose = new StringBuilder("""
                x-base: &base {image: localhost/host, command: sh -c "echo begin; exec sleep 1000"}
                services:
                  db: {<<: *base, volumes: ["data:/data", /own], healthcheck: {test: "true"}, networks: [back]}
                  cache: {<<: *base, logging: {driver: none}, networks: [back]}
                  api: {<<: *base, depends_on: {db: {condition: service_healthy}, cache: {condition: service_started}}, networks: [back, default]}
                  job: {<<: *base, command: "true"}
                  crashing: {<<: *base, command: "false", restart: always}
                  web: {<<: *base, depends_on: [api], ports: ["127.0.0.1::80"]}
                  beside: {<<: *base, depends_on: [web], network_mode: "service:web"}
                  reading: {<<: *base, read_only: true, tmpfs: [/tmp], init: true}
                """);
        for (int i = 0; i < 2; i++) {
            compose.append("  more").append(i).append(": {<<: *base, tty: true, scale: 1}\n");
        }
        return compose.append("volumes: {data: {}}\nnetworks: {back: {}}\n").toString();
    }

    private Duration cycle() {
        long begun = System.nanoTime();
        engine.client().projects().up(UpRequest.of(project), event -> {});
        List<ContainerSummary> containers = engine.client().containers().list(Optional.of("p"));
        assertThat(containers).hasSize(10);
        down("p");
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void down(String name) {
        engine.client().projects().down(new DownRequest(name, null, Set.of(), true, true, "none", 0), event -> {});
    }

    private List<String> descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + engine.pid() + "/fd"))) {
            return all.map(SoakIT::target).sorted().toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "closed";
        }
    }

    private int threads() {
        return (int) status("Threads");
    }

    private long residentKiB() {
        return status("VmRSS");
    }

    private long status(String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + engine.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where something is mounted that is the engine's. */
    private List<String> mounts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + engine.pid() + "/mountinfo"))) {
            return lines.map(line -> line.split(" ", 6)[4])
                    .filter(place -> place.startsWith(directory.toString()))
                    .toList();
        }
    }

    private static void report(List<Duration> cycles, long heapBefore, long heapAfter, long before, long after)
            throws IOException {
        int part = Math.max(1, cycles.size() / 10);
        String text =
                "%d cycles: the first %d took %.0f ms each, the last %d %.0f ms; heap %d -> %d KB, RSS %d -> %d MB%n"
                        .formatted(
                                cycles.size(),
                                part,
                                mean(cycles.subList(0, part)),
                                part,
                                mean(cycles.subList(cycles.size() - part, cycles.size())),
                                heapBefore >> 10,
                                heapAfter >> 10,
                                before >> 10,
                                after >> 10);
        Files.writeString(Path.of("target", "soak.txt"), text);
    }

    private static double mean(List<Duration> durations) {
        return durations.stream().mapToLong(Duration::toMillis).average().orElse(0);
    }
}
