package dev.jcompose.engine.logs;

import static dev.jcompose.engine.logs.LogFiles.at;
import static dev.jcompose.engine.logs.LogFiles.available;
import static dev.jcompose.engine.logs.LogStream.STDERR;
import static dev.jcompose.engine.logs.LogStream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    @TempDir
    Path directory;

    private LogFiles log;

    @BeforeEach
    void makeLog() throws IOException {
        log = new LogFiles(directory);
    }

    @Test
    void linesAreReassembledPerStreamAcrossChunksAndSegments() throws IOException {
        log.chunk(1, STDOUT, "one\ntw")
                .chunk(2, STDERR, "bad")
                .chunk(3, STDOUT, "o\nthr")
                .nextSegment()
                .chunk(4, STDERR, "\n\nworse\n")
                .nextSegment()
                .chunk(5, STDOUT, "ee\nfo");

        assertThat(log.lines(LogQuery.ALL))
                .containsExactly(
                        "1 OUT one", "1 OUT two", "2 ERR bad", "4 ERR ", "4 ERR worse", "3 OUT three", "5 OUT fo~");
    }

    @Test
    void anIndexEntryWithoutDataChangesNothing() throws IOException {
        log.chunk(1, STDOUT, "on").chunk(2, STDERR, "").chunk(3, STDOUT, "").chunk(4, STDOUT, "e\n");
        assertThat(log.lines(LogQuery.ALL)).containsExactly("1 OUT one");
    }

    @Test
    void noLogIsAnEmptyOne() throws IOException {
        try (LogReader reader = LogReader.open(directory.resolve("none"), LogQuery.ALL.withTail(5))) {
            assertThat(reader.next()).isNull();
            assertThat(reader.rest()).isEmpty();
        }
    }

    @Test
    void aReaderGoesOnWithWhatIsWrittenLater() throws IOException {
        try (LogReader reader = LogReader.open(directory, LogQuery.ALL)) {
            assertThat(available(reader)).isEmpty();
            log.chunk(1, STDOUT, "one\ntw");
            assertThat(available(reader)).containsExactly("1 OUT one");
            log.nextSegment().chunk(2, STDOUT, "o\n");
            assertThat(available(reader)).containsExactly("1 OUT two");
            log.chunk(3, STDERR, "three\n");
            assertThat(available(reader)).containsExactly("3 ERR three");
        }
    }

    @Test
    void aReaderBegunBeforeTheLogFindsIt() throws IOException {
        Path later = directory.resolve("later");
        try (LogReader reader = LogReader.open(later, LogQuery.ALL)) {
            assertThat(available(reader)).isEmpty();
            java.nio.file.Files.createDirectory(later);
            new LogFiles(later).chunk(1, STDOUT, "one\n");
            assertThat(available(reader)).containsExactly("1 OUT one");
        }
    }

    @Test
    void whenItsSegmentIsRemovedAReaderFinishesItAndGoesOnWithTheNextThatIsThere() throws IOException {
        log.chunk(1, STDOUT, "one\n");
        try (LogReader reader = LogReader.open(directory, LogQuery.ALL)) {
            assertThat(available(reader)).containsExactly("1 OUT one");
            log.chunk(2, STDOUT, "two\n")
                    .nextSegment()
                    .chunk(3, STDOUT, "three\n")
                    .nextSegment()
                    .chunk(4, STDOUT, "four\n");
            log.delete(1);
            log.delete(2);
            assertThat(available(reader)).containsExactly("2 OUT two", "4 OUT four");
        }
    }

    @Test
    void aLineWhoseBeginningHasBeenRemovedIsLeftOut() throws IOException {
        log.chunk(1, STDOUT, "one\ntw")
                .chunk(2, STDERR, "err\n")
                .nextSegment()
                .chunk(3, STDERR, "whole\n")
                .nextSegment()
                .chunk(4, STDOUT, "o\nthree\n");
        log.delete(1);
        assertThat(log.lines(LogQuery.ALL)).containsExactly("3 ERR whole", "4 OUT three");
        assertThat(log.lines(LogQuery.ALL.withTail(9))).containsExactly("3 ERR whole", "4 OUT three");
        assertThat(log.lines(LogQuery.ALL.withTimes(LogFiles.at(2), null)))
                .containsExactly("3 ERR whole", "4 OUT three");
    }

    @Test
    void aFollowerThatMissesTheEndOfALineForgetsItsBeginning() throws IOException {
        log.chunk(1, STDOUT, "begun");
        try (LogReader reader = LogReader.open(directory, LogQuery.ALL)) {
            assertThat(available(reader)).isEmpty();
            log.nextSegment()
                    .chunk(2, STDOUT, "missed\nbegun again")
                    .nextSegment()
                    .chunk(3, STDOUT, "rest\nwhole\n");
            log.delete(1);
            log.delete(2);
            assertThat(available(reader)).containsExactly("3 OUT whole");
        }
    }

    @Test
    void aPositionIsWhereReadingBegins() throws IOException {
        log.chunk(1, STDOUT, "one\n");
        LogPosition position = new Segments(directory).end();
        log.chunk(2, STDOUT, "two\n").nextSegment().chunk(3, STDOUT, "three\n");
        assertThat(log.lines(LogQuery.ALL.withFrom(position))).containsExactly("2 OUT two", "3 OUT three");
        assertThat(log.lines(LogQuery.ALL.withFrom(position).withTail(1))).containsExactly("3 OUT three");
    }

    @Test
    void aPositionInARemovedSegmentMeansTheOldestOneThatIsThere() throws IOException {
        log.chunk(1, STDOUT, "one\n").nextSegment().chunk(2, STDOUT, "two\n");
        log.delete(1);
        assertThat(log.lines(LogQuery.ALL.withFrom(new LogPosition(1, 2)))).containsExactly("2 OUT two");
    }

    @Test
    void afterTheLastWantedTimeTheReaderIsDone() throws IOException {
        log.chunk(1, STDOUT, "one\n")
                .chunk(2, STDOUT, "two")
                .chunk(5, STDERR, "bad\n")
                .chunk(6, STDOUT, "!\nsix\n");
        try (LogReader reader = LogReader.open(directory, LogQuery.ALL.withTimes(null, at(2)))) {
            assertThat(available(reader)).containsExactly("1 OUT one", "2 OUT two!");
            log.chunk(7, STDOUT, "seven\n");
            assertThat(available(reader)).isEmpty();
            assertThat(reader.isDone()).isTrue();
        }
    }

    @Test
    void onlyTheWantedStreamIsReadAndCounted() throws IOException {
        log.chunk(1, STDOUT, "one\n").chunk(2, STDERR, "a\nb\nc\n").chunk(3, STDOUT, "two\n");
        LogQuery errors = LogQuery.ALL.withStreams(Set.of(STDERR));
        assertThat(log.lines(errors)).containsExactly("2 ERR a", "2 ERR b", "2 ERR c");
        assertThat(log.lines(errors.withTail(2))).containsExactly("2 ERR b", "2 ERR c");
    }

    @Test
    void aLineOfAMegabyteIsWholeAndALongerOneComesInParts() throws IOException {
        byte[] megabyte = new byte[LogReader.MAX_LINE_BYTES];
        java.util.Arrays.fill(megabyte, (byte) 'x');
        log.chunk(1, STDOUT, megabyte)
                .chunk(2, STDOUT, "\n")
                .chunk(3, STDOUT, megabyte)
                .chunk(4, STDOUT, "yz\n");
        try (LogReader reader = LogReader.open(directory, LogQuery.ALL)) {
            assertLine(reader, 1, LogReader.MAX_LINE_BYTES, false);
            assertLine(reader, 3, LogReader.MAX_LINE_BYTES, true);
            assertLine(reader, 4, 2, false);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void anyByteSurvives() throws IOException {
        byte[] bytes = new byte[257];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) (i == '\n' ? 0 : i);
        }
        bytes[256] = '\n';
        log.chunk(1, STDOUT, bytes);
        try (LogReader reader = LogReader.open(directory, LogQuery.ALL)) {
            LogLine line = java.util.Objects.requireNonNull(reader.next());
            byte[] read = new byte[line.text().remaining()];
            line.text().get(read);
            assertThat(read).isEqualTo(java.util.Arrays.copyOf(bytes, 256));
        }
    }

    private static void assertLine(LogReader reader, long seconds, int length, boolean partial) throws IOException {
        LogLine line = java.util.Objects.requireNonNull(reader.next());
        assertThat(line.time()).isEqualTo(at(seconds));
        assertThat(line.text().remaining()).isEqualTo(length);
        assertThat(line.partial()).isEqualTo(partial);
    }
}
