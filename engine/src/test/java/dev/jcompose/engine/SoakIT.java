package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineProcess;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final int WARM_UP = 5;
    /** What caches and pools may still grow by after the warm-up, per cycle and in any case. */
    private static final long HEAP_BYTES_PER_CYCLE = 10_000;

    private static final long HEAP_BYTES = 400_000;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

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
        List<Duration> cycles = new ArrayList<>();
        for (int i = 0; i < WARM_UP; i++) {
            cycle();
        }
        long heapBefore = usedHeap();
        int descriptors = descriptors().size();
        List<String> descriptorsBefore = descriptors();
        int threads = threads();
        int mounts = mounts();
        long residentBefore = residentKiB();
        for (int i = 0; i < CYCLES; i++) {
            cycles.add(cycle());
        }
        long heapAfter = usedHeap();
        long residentAfter = residentKiB();
        report(cycles, heapBefore, heapAfter, residentBefore, residentAfter);

        await().untilAsserted(() ->
                assertThat(descriptors()).as("before: %s", descriptorsBefore).hasSizeLessThanOrEqualTo(descriptors));
        // Idle threads of pools stay for ten seconds.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(threads));
        assertThat(mounts()).isEqualTo(mounts);
        assertThat(heapAfter - heapBefore).isLessThan(HEAP_BYTES + CYCLES * HEAP_BYTES_PER_CYCLE);
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
        engine.client().projects().down(new DownRequest("p", null, Set.of(), true, true, "none", 0), event -> {});
        return Duration.ofNanos(System.nanoTime() - begun);
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

    private int mounts() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + engine.pid() + "/mountinfo"))
                .size();
    }

    /** Bytes that are reachable. */
    private long usedHeap() throws Exception {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        long kib = 0;
        // Of the generations; metaspace comes after them.
        for (int i = 0; i < 2 && used.find(); i++) {
            kib += Long.parseLong(used.group(1));
        }
        assertThat(kib).isPositive();
        return kib << 10;
    }

    private String jcmd(String command) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(engine.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
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
