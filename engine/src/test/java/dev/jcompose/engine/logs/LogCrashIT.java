package dev.jcompose.engine.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCrashIT {
    private static final int KILLS = 12;
    private static final int MAX_LIFE_MILLIS = 60;

    private final Linux linux = Linux.load();

    @TempDir
    Path directory;

    @Test
    void aWriterThatIsKilledAgainAndAgainNeitherLosesNorDoublesALine() throws Exception {
        Random random = new Random();
        Path log = directory.resolve("log");
        try (Fifos fifos = new Fifos(linux, directory);
                EventLoop loop = new EventLoop(linux, "logs-test")) {
            Process out = count(fifos.out);
            Process err = count(fifos.err);
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    Process engine = startWriter(log, fifos);
                    // Not a wait for anything: the moment of the kill is what is random.
                    boolean ended = engine.waitFor(random.nextInt(MAX_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                    assertThat(ended).isFalse();
                    engine.destroyForcibly().onExit().get(60, TimeUnit.SECONDS);
                }
                assertThat(out.isAlive()).isTrue();
            } finally {
                out.destroyForcibly().onExit().get(60, TimeUnit.SECONDS);
                err.destroyForcibly().onExit().get(60, TimeUnit.SECONDS);
            }
            ContainerLog last =
                    new ContainerLog(linux, log, LogWriterProcess.LIMITS, true, Clock.systemUTC(), Runnable::run);
            last.write(loop, fifos.open(LogStream.STDOUT), fifos.open(LogStream.STDERR))
                    .finish();
            List<Long> lastNumbers = new ArrayList<>();
            for (LogStream stream : LogStream.values()) {
                lastNumbers.add(assertNumbered(last, stream));
            }
            assertThat(lastNumbers).allMatch(number -> number > 10_000);
            assertThat(new Segments(log).numbers()).hasSizeGreaterThan(3);
        }
    }

    private static Process count(Path fifo) throws IOException {
        return new ProcessBuilder("seq", "1", "1000000000")
                .redirectOutput(fifo.toFile())
                .start();
    }

    private static Process startWriter(Path log, Fifos fifos) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogWriterProcess.class.getName(),
                        log.toString(),
                        fifos.out.toString(),
                        fifos.err.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo("ready");
        return process;
    }

    /** Checks that the lines are 1, 2, 3 and so on, with the last one possibly cut; gives the last whole one. */
    private static long assertNumbered(ContainerLog log, LogStream stream) throws IOException {
        try (LogReader reader = log.read(LogQuery.ALL.withStreams(java.util.Set.of(stream)))) {
            long expected = 1;
            for (LogLine line = reader.next(); line != null; line = reader.next()) {
                if (!line.utf8().equals(Long.toString(expected))) {
                    assertThat(line.utf8())
                            .as("line %d of %s", expected, stream)
                            .isEqualTo(Long.toString(expected));
                }
                expected++;
            }
            for (LogLine cut : reader.rest()) {
                assertThat(Long.toString(expected)).startsWith(cut.utf8());
            }
            return expected - 1;
        }
    }
}
