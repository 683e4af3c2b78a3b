package dev.jcompose.engine.logs;

import static dev.jcompose.engine.logs.LogStream.STDERR;
import static dev.jcompose.engine.logs.LogStream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void aLogThatIsAddedLaterIsReadToo() throws IOException {
        try (LogMerge merge = merge()) {
            assertThat(available(merge)).isEmpty();
            int[] told = {0};
            merge.onMore(() -> told[0]++);
            LogFiles late = new LogFiles(Files.createDirectory(directory.resolve("late")));
            late.chunk(1, STDOUT, "a\n");
            merge.add("late", LogReader.open(late.directory, LogQuery.ALL), new LogSignal());
            assertThat(told[0]).isEqualTo(1);
            assertThat(available(merge)).containsExactly("late 1 OUT a");
        }
    }

    @Test
    void aReaderStopsWhereItsSignalHasEndedHoweverLateItReads() throws IOException {
        try (LogMerge merge = merge()) {
            web.chunk(1, STDOUT, "first run\nhalf");
            LogPosition secondRun = new Segments(web.directory).end();
            webSignal.end(secondRun);
            web.chunk(2, STDOUT, "second run\n").nextSegment().chunk(3, STDOUT, "more\n");
            LogSignal secondSignal = new LogSignal();
            merge.add("web again", LogReader.open(web.directory, LogQuery.ALL.withFrom(secondRun)), secondSignal);
            assertThat(available(merge))
                    .containsExactly(
                            "web 1 OUT first run",
                            "web 1 OUT half~",
                            "web again 2 OUT second run",
                            "web again 3 OUT more");
        }
    }

    private LogMerge merge() throws IOException {
        LogMerge merge = new LogMerge();
        merge.add("web", LogReader.open(web.directory, LogQuery.ALL), webSignal);
        merge.add("db", LogReader.open(db.directory, LogQuery.ALL), dbSignal);
        return merge;
    }

    private static List<String> available(LogMerge merge) throws IOException {
        List<String> entries = new ArrayList<>();
        for (LogMerge.Entry entry = merge.next(); entry != null; entry = merge.next()) {
            entries.add(entry.source() + " " + LogFiles.show(entry.line()));
        }
        return entries;
    }
}
