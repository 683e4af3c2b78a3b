package dev.jcompose.engine.logs;

import static dev.jcompose.engine.logs.LogStream.STDERR;
import static dev.jcompose.engine.logs.LogStream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedRestTest {
    private static final String OUT_REST = "rest one\nrest two\n";
    private static final String ERR_REST = "rest three\n";

    private final Linux linux = Linux.load();

    @TempDir
    Path directory;

    @Test
    void whatWasSavedFollowsWhatWasInThePipes() throws IOException {
        Path out = Files.writeString(directory.resolve("stdout.rest"), OUT_REST);
        Path err = Files.createFile(directory.resolve("stderr.rest"));
        write("from the pipe\n", Map.of(STDOUT, out, STDERR, err));
        assertThat(lines()).containsExactly("from the pipe", "rest one", "rest two");
        assertThat(out).doesNotExist();
        assertThat(err).doesNotExist();
        write("next run\n", Map.of(STDOUT, out, STDERR, err));
        assertThat(lines()).containsExactly("from the pipe", "rest one", "rest two", "next run");
    }

    /** A step is what an engine did before it was killed: the states that the next one may find. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "copied", "claimed", "removed", "half written", "written", "first done"})
    void itIsInTheLogOnceWhereverTheEngineWasKilled(String step) throws IOException {
        write("from the pipe\n", Map.of());
        Path out = Files.writeString(directory.resolve("stdout.rest"), OUT_REST);
        Path err = Files.writeString(directory.resolve("stderr.rest"), ERR_REST);
        Path log = directory.resolve("log");
        LogPosition end = new Segments(log).end();
        Path claim = log.resolve(end.segment() + "-" + end.offset() + "-1.rest");
        switch (step) {
            case "copied" -> Files.writeString(log.resolve("rest.tmp"), "rest o");
            case "claimed" -> Files.copy(out, claim);
            case "removed" -> Files.move(out, claim);
            case "half written" -> {
                Files.move(out, claim);
                append(log, OUT_REST.substring(0, 12));
            }
            case "written" -> {
                Files.move(out, claim);
                append(log, OUT_REST);
            }
            case "first done" -> {
                Files.delete(out);
                append(log, OUT_REST);
            }
            default -> assertThat(step).isEqualTo("nothing");
        }
        write("", Map.of(STDOUT, out, STDERR, err));
        assertThat(lines()).containsExactly("from the pipe", "rest one", "rest two", "rest three");
        try (var files = Files.list(log)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.contains("rest"))
                    .allMatch(name -> name.equals("rest.tmp"));
        }
    }

    private void append(Path log, String text) throws IOException {
        try (SegmentWriter writer = SegmentWriter.open(linux, new Segments(log), 1)) {
            writer.append(STDOUT, Long.MAX_VALUE / 2, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private void write(String printed, Map<LogStream, Path> saved) throws IOException {
        Path run = Files.createTempDirectory(directory, "run");
        try (EventLoop loop = new EventLoop(linux, "logs-test");
                Fifos container = new Fifos(linux, run)) {
            container.print(STDOUT, printed);
            log().write(loop, container.open(STDOUT), container.open(STDERR)).finish(saved);
        }
    }

    private List<String> lines() throws IOException {
        try (LogReader reader = log().read(LogQuery.ALL)) {
            return LogFiles.available(reader).stream()
                    .map(line -> line.substring(line.indexOf(' ') + " OUT ".length()))
                    .toList();
        }
    }

    private ContainerLog log() {
        return new ContainerLog(
                linux, directory.resolve("log"), LogLimits.DEFAULT, true, Clock.systemUTC(), Runnable::run);
    }
}
