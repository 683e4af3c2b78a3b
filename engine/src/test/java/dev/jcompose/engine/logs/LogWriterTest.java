package dev.jcompose.engine.logs;

import static dev.jcompose.engine.logs.LogStream.STDERR;
import static dev.jcompose.engine.logs.LogStream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.Kernel;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Syscall;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {
    private final Kernel kernel = new NativeKernel();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Linux linux = new Linux((call, a0, a1, a2, a3, a4, a5) -> {
        if (call == Syscall.SPLICE && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            refused.incrementAndGet();
            return -Errno.ENOSPC.number();
        }
        return kernel.call(call, a0, a1, a2, a3, a4, a5);
    });

    @TempDir
    Path directory;

    private EventLoop loop;
    private Fifos container;

    @BeforeEach
    void startContainer() throws IOException {
        loop = new EventLoop(linux, "logs-test");
        container = new Fifos(linux, directory);
    }

    @AfterEach
    void stopContainer() throws IOException {
        container.close();
        loop.close();
    }

    @Test
    void whatAContainerPrintsIsInTheLogWhenTheWriterIsFinished() throws IOException {
        ContainerLog log = log(LogLimits.DEFAULT);
        LogWriter writer = write(log);
        container.print(STDOUT, "hello\n");
        container.print(STDERR, "trouble\n");
        container.print(STDOUT, "half");
        writer.finish();
        writer.finish();
        assertThat(texts(log)).containsExactlyInAnyOrder("OUT hello", "ERR trouble", "OUT half~");
        assertThat(log.signal().isEnded()).isTrue();
    }

    @Test
    void aRestartedContainerWritesOnInTheSameLog() throws IOException {
        ContainerLog log = log(LogLimits.DEFAULT);
        for (int run = 1; run <= 3; run++) {
            LogWriter writer = write(log);
            container.print(STDOUT, "run " + run + "\n");
            writer.finish();
        }
        assertThat(texts(log)).containsExactly("OUT run 1", "OUT run 2", "OUT run 3");
    }

    @Test
    void whatWasPrintedWhileNobodyReadIsNotLost() throws IOException {
        container.print(STDOUT, "before\n");
        ContainerLog log = log(LogLimits.DEFAULT);
        write(log).finish();
        container.print(STDOUT, "between\n");
        write(log).finish();
        assertThat(texts(log)).containsExactly("OUT before", "OUT between");
    }

    @Test
    void theOldestSegmentGoesWhenThereAreTooMany() throws IOException {
        ContainerLog log = log(new LogLimits(4096, 3));
        LogWriter writer = write(log);
        for (int i = 0; i < 4000; i++) {
            container.print(STDOUT, "line " + i + "\n");
        }
        writer.finish();
        List<Long> numbers = new Segments(directory.resolve("log")).numbers();
        assertThat(numbers).hasSize(3);
        for (long number : numbers) {
            assertThat(Files.size(new Segments(directory.resolve("log")).data(number)))
                    .isLessThanOrEqualTo(4096);
        }
        try (var files = Files.list(directory.resolve("log"))) {
            assertThat(files).hasSize(6);
        }
        List<String> texts = texts(log);
        List<String> expected =
                IntStream.range(0, 4000).mapToObj(i -> "OUT line " + i).toList();
        // The first one that is left may have lost its beginning with the segment before.
        assertThat(texts.subList(1, texts.size())).isEqualTo(expected.subList(4000 - texts.size() + 1, 4000));
        assertThat(texts.size()).isGreaterThan(2 * 4096 / "line 4000\n".length());
    }

    @Test
    void whileTheDiskIsFullTheContainerWaitsAndNothingIsLost() throws IOException {
        ContainerLog log = log(LogLimits.DEFAULT);
        refusals.set(3);
        LogWriter writer = write(log);
        Thread printing = new Thread(() -> print(200_000));
        printing.start();
        await().until(() -> !printing.isAlive());
        writer.finish();
        assertThat(refused).hasValue(3);
        assertThat(texts(log)).isEqualTo(numbered(200_000));
    }

    @Test
    void aNoisyContainerDoesNotKeepAnotherWaiting() throws Exception {
        ContainerLog noisy = log(new LogLimits(1_000_000, 2));
        LogWriter noisyWriter = write(noisy);
        Path other = Files.createDirectory(directory.resolve("other"));
        Thread printing = new Thread(() -> print(3_000_000));
        printing.start();
        try (Fifos quiet = new Fifos(linux, other)) {
            ContainerLog log = new ContainerLog(
                    linux, other.resolve("log"), LogLimits.DEFAULT, true, Clock.systemUTC(), Runnable::run);
            LogWriter writer = log.write(loop, quiet.open(STDOUT), quiet.open(STDERR));
            for (int i = 1; i <= 20; i++) {
                int count = i;
                quiet.print(STDOUT, "quiet\n");
                await().pollInterval(Duration.ofMillis(2))
                        .until(() -> texts(log).size() == count);
            }
            assertThat(printing.isAlive()).isTrue();
            writer.finish();
        }
        printing.join();
        noisyWriter.finish();
    }

    @Test
    void whenTheContainerIsGoneItsPipesAreClosed() throws Exception {
        long before = descriptors();
        ContainerLog log = log(LogLimits.DEFAULT);
        LogWriter writer = write(log);
        container.print(STDERR, "last words");
        container.close();
        // Two FIFOs that the container held and two that the writer closes by itself; data and index stay.
        await().until(() -> descriptors() == before - 2 + 2);
        writer.finish();
        assertThat(descriptors()).isEqualTo(before - 2);
        assertThat(texts(log)).containsExactly("ERR last words~");
    }

    @Test
    void aClockThatIsSetBackDoesNotTurnLinesRound() throws IOException {
        AtomicLong seconds = new AtomicLong(100);
        InstantSource source = () -> Instant.ofEpochSecond(seconds.get());
        ContainerLog log = new ContainerLog(
                linux,
                directory.resolve("log"),
                LogLimits.DEFAULT,
                true,
                source.withZone(ZoneOffset.UTC),
                Runnable::run);
        for (int second : new int[] {100, 50, 200}) {
            seconds.set(second);
            LogWriter writer = write(log);
            container.print(STDOUT, "at " + second + "\n");
            writer.finish();
        }
        List<Long> times = new ArrayList<>();
        try (LogReader reader = log.read(LogQuery.ALL)) {
            for (LogLine line = reader.next(); line != null; line = reader.next()) {
                times.add(line.time().getEpochSecond());
            }
        }
        assertThat(times).containsExactly(100L, 100L, 200L);
    }

    @Test
    void whatACrashOfTheMachineLeftAtTheEndIsRepaired() throws IOException {
        ContainerLog log = log(LogLimits.DEFAULT);
        LogWriter writer = write(log);
        container.print(STDOUT, "one\n");
        writer.finish();
        Segments segments = new Segments(directory.resolve("log"));
        Path index = segments.index(1);
        byte[] entry = Files.readAllBytes(index);
        byte[] beyond = entry.clone();
        beyond[10] = 1; // an entry 256 bytes or more behind the end of the data
        Files.write(index, beyond, java.nio.file.StandardOpenOption.APPEND);
        Files.write(index, new byte[7], java.nio.file.StandardOpenOption.APPEND);

        writer = write(log);
        container.print(STDERR, "two\n");
        writer.finish();
        assertThat(texts(log)).containsExactly("OUT one", "ERR two");
    }

    private void print(int lines) {
        try {
            for (int i = 0; i < lines; i += 100) {
                StringBuilder text = new StringBuilder();
                for (int j = i; j < i + 100; j++) {
                    text.append("line ").append(j).append('\n');
                }
                container.print(STDOUT, text.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> numbered(int lines) {
        return IntStream.range(0, lines).mapToObj(i -> "OUT line " + i).toList();
    }

    private ContainerLog log(LogLimits limits) {
        return new ContainerLog(linux, directory.resolve("log"), limits, true, Clock.systemUTC(), Runnable::run);
    }

    private LogWriter write(ContainerLog log) throws IOException {
        return log.write(loop, container.open(STDOUT), container.open(STDERR));
    }

    private static List<String> texts(ContainerLog log) throws IOException {
        try (LogReader reader = log.read(LogQuery.ALL)) {
            List<String> lines = LogFiles.available(reader);
            reader.rest().forEach(line -> lines.add(LogFiles.show(line)));
            return lines.stream()
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .toList();
        }
    }

    private static long descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
