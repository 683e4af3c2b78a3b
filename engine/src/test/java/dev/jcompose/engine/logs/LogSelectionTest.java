package dev.jcompose.engine.logs;

import static dev.jcompose.engine.logs.LogFiles.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beginning in the middle, compared with reading everything and then choosing, over logs cut at random. */
class LogSelectionTest {
    private static final int LAST_SECOND = 25;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theLastLinesAreThoseAtTheEndOfAll(long seed) throws IOException {
        LogFiles log = random(seed);
        for (Set<LogStream> streams :
                List.of(Set.of(LogStream.values()), Set.of(LogStream.STDOUT), Set.of(LogStream.STDERR))) {
            LogQuery query = LogQuery.ALL.withStreams(streams);
            List<String> complete = log.lines(query).stream()
                    .filter(line -> !line.endsWith("~"))
                    .toList();
            for (int tail = 0; tail <= complete.size() + 1; tail++) {
                List<String> expected = complete.subList(Math.max(0, complete.size() - tail), complete.size());
                try (LogReader reader = LogReader.open(directory, query.withTail(tail))) {
                    assertThat(LogFiles.available(reader))
                            .as("last %d of %s", tail, streams)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void theLinesBetweenTwoTimesAreThoseThatBeganThere(long seed) throws IOException {
        LogFiles log = random(seed);
        List<String> all = log.lines(LogQuery.ALL);
        for (int since = -1; since <= LAST_SECOND + 1; since++) {
            for (int until : new int[] {since, since + 3, LAST_SECOND + 5}) {
                int earliest = since;
                List<String> expected = all.stream()
                        .filter(line -> second(line) >= earliest && second(line) <= until)
                        .toList();
                assertThat(log.lines(LogQuery.ALL.withTimes(at(since), at(until))))
                        .as("from %d to %d", since, until)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void theLastLinesUpToATimeAreThoseAtItsEnd(long seed) throws IOException {
        LogFiles log = random(seed);
        for (int until = 0; until <= LAST_SECOND; until++) {
            LogQuery query = LogQuery.ALL.withTimes(null, at(until));
            List<String> all = log.lines(query).stream()
                    .filter(line -> !line.endsWith("~"))
                    .toList();
            List<String> last = log.lines(query.withTail(3)).stream()
                    .filter(line -> !line.endsWith("~"))
                    .toList();
            assertThat(last).isEqualTo(all.subList(Math.max(0, all.size() - 3), all.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void whenOldSegmentsAreRemovedEveryLineIsStillWholeAndThoseBegunLaterAreThere(long seed) throws IOException {
        LogFiles log = random(seed);
        List<String> all = log.lines(LogQuery.ALL);
        List<Long> segments = log.segments();
        for (long removed : segments.subList(0, segments.size() - 1)) {
            long lastSecond = log.lastSecond(removed);
            log.delete(removed);
            List<String> left = log.lines(LogQuery.ALL);
            assertThat(all).containsAll(left);
            assertThat(left)
                    .containsAll(all.stream()
                            .filter(line -> second(line) > lastSecond)
                            .toList());
            assertThat(left).isEqualTo(log.lines(LogQuery.ALL.withTail(all.size())));
        }
    }

    private LogFiles random(long seed) throws IOException {
        Random random = new Random(seed);
        Files.createDirectories(directory);
        LogFiles log = new LogFiles(directory);
        int line = 0;
        for (int second = 0; second < LAST_SECOND; second += random.nextInt(3)) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(random.nextBoolean() ? "line " + line++ : "").append(random.nextInt(3) == 0 ? "" : "\n");
            }
            log.chunk(second, random.nextInt(3) == 0 ? LogStream.STDERR : LogStream.STDOUT, text.toString());
            if (random.nextInt(6) == 0) {
                log.nextSegment();
            }
        }
        return log;
    }

    private static long second(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
}
