package dev.jcompose.engine.logs;

import static dev.jcompose.engine.logs.LogStream.STDERR;
import static dev.jcompose.engine.logs.LogStream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMergeTest {
    @TempDir
    Path directory;

    private final LogSignal webSignal = new LogSignal();
    private final LogSignal dbSignal = new LogSignal();
    private LogFiles web;
    private LogFiles db;

    @BeforeEach
    void makeLogs() throws IOException {
        web = new LogFiles(Files.createDirectory(directory.resolve("web")));
        db = new LogFiles(Files.createDirectory(directory.resolve("db")));
    }

    @Test
    void linesOfSeveralContainersComeInTheOrderOfTheirTimes() throws IOException {
        web.chunk(1, STDOUT, "a\n").chunk(4, STDOUT, "b\nc\n").chunk(5, STDOUT, "end");
        db.chunk(2, STDERR, "x\n").chunk(3, STDOUT, "y\n").chunk(6, STDOUT, "z\n");
        webSignal.end();
        dbSignal.end();
        try (LogMerge merge = merge()) {
            assertThat(available(merge))
                    .containsExactly(
                            "web 1 OUT a",
                            "db 2 ERR x",
                            "db 3 OUT y",
                            "web 4 OUT b",
                            "web 4 OUT c",
                            "web 5 OUT end~",
                            "db 6 OUT z");
            assertThat(merge.isDone()).isTrue();
        }
    }

    @Test
    void aLogIsLookedAtAgainOnlyAfterItsSignal() throws IOException {
        try (LogMerge merge = merge()) {
            assertThat(available(merge)).isEmpty();
            web.chunk(1, STDOUT, "a\n");
            assertThat(available(merge)).isEmpty();
            webSignal.changed();
            assertThat(available(merge)).containsExactly("web 1 OUT a");
            assertThat(merge.isDone()).isFalse();
            webSignal.end();
            dbSignal.end();
            assertThat(available(merge)).isEmpty();
            assertThat(merge.isDone()).isTrue();
        }
    }

    @Test
    void aFollowerIsGivenLinesAsTheyComeAndTheEnd() throws Exception {
        BlockingQueue<String> given = new LinkedBlockingQueue<>();
        CompletableFuture<Optional<Exception>> end = new CompletableFuture<>();
        web.chunk(1, STDOUT, "a\n");
        LogMerge merge = merge();
        try (LogFollower follower = LogFollower.start(merge, CompletableFuture::runAsync, sink(given, end))) {
            assertThat(given.poll(10, TimeUnit.SECONDS)).isEqualTo("web 1 OUT a");
            db.chunk(2, STDOUT, "b\n");
            dbSignal.changed();
            assertThat(given.poll(10, TimeUnit.SECONDS)).isEqualTo("db 2 OUT b");
            LogFiles late = new LogFiles(Files.createDirectory(directory.resolve("late")));
            LogSignal lateSignal = new LogSignal();
            merge.add("late", LogReader.open(late.directory, LogQuery.ALL), lateSignal);
            webSignal.end();
            dbSignal.end();
            late.chunk(3, STDOUT, "c\nd");
            lateSignal.end();
            assertThat(end.get(10, TimeUnit.SECONDS)).isEmpty();
            assertThat(given).containsExactly("late 3 OUT c", "late 3 OUT d~");
            assertThat(follower).isNotNull();
        }
    }

    @Test
    void aFollowerThatIsClosedOrWhoseSinkFailsEndsOnce() throws Exception {
        CompletableFuture<Optional<Exception>> closed = new CompletableFuture<>();
        LogFollower.start(merge(), CompletableFuture::runAsync, sink(new LinkedBlockingQueue<>(), closed))
                .close();
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEmpty();

        web.chunk(1, STDOUT, "a\n");
        CompletableFuture<Optional<Exception>> failed = new CompletableFuture<>();
        LogFollower.start(merge(), CompletableFuture::runAsync, new LogFollower.Sink() {
            @Override
            public void line(LogMerge.Entry entry) throws IOException {
                throw new IOException("client is gone");
            }

            @Override
            public void pause() {}

            @Override
            public void end(Optional<Exception> failure) {
                failed.complete(failure);
            }
        });
        assertThat(failed.get(10, TimeUnit.SECONDS)).get().isInstanceOf(IOException.class);
    }

    private LogMerge merge() throws IOException {
        LogMerge merge = new LogMerge();
        merge.add("web", LogReader.open(web.directory, LogQuery.ALL), webSignal);
        merge.add("db", LogReader.open(db.directory, LogQuery.ALL), dbSignal);
        return merge;
    }

    private static LogFollower.Sink sink(BlockingQueue<String> given, CompletableFuture<Optional<Exception>> end) {
        return new LogFollower.Sink() {
            @Override
            public void line(LogMerge.Entry entry) {
                given.add(entry.source() + " " + LogFiles.show(entry.line()));
            }

            @Override
            public void pause() {}

            @Override
            public void end(Optional<Exception> failure) {
                end.complete(failure);
            }
        };
    }

    private static List<String> available(LogMerge merge) throws IOException {
        List<String> entries = new ArrayList<>();
        for (LogMerge.Entry entry = merge.next(); entry != null; entry = merge.next()) {
            entries.add(entry.source() + " " + LogFiles.show(entry.line()));
        }
        return entries;
    }
}
