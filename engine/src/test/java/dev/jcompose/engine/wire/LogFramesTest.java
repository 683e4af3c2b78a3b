package dev.jcompose.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogEntry;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFramesTest {
    private static final LogEntry ENTRY =
            new LogEntry("db-1", LogEntry.Source.STDERR, Instant.ofEpochSecond(1, 2), "hi".getBytes(UTF_8));

    private static List<LogEntry> read(byte[] bytes) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        LogFrames.read(new DataInputStream(new ByteArrayInputStream(bytes)), entries::add);
        return entries;
    }

    @Test
    void aFrameIsAsDocumented() {
        assertThat(HexFormat.of().formatHex(LogFrames.write(ENTRY)))
                .isEqualTo(
                        "01" // standard error
                                + "0000000000000001" + "00000002" // time
                                + "0004" + "64622d31" // "db-1"
                                + "00000002" + "6869"); // "hi"
    }

    @Test
    void aStreamWithoutItsEndWasCutOff() {
        byte[] frame = LogFrames.write(ENTRY);

        assertThatThrownBy(() -> read(frame)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(frame, frame.length - 1))).isInstanceOf(EOFException.class);
    }

    @Test
    void theEndSaysWhetherItWentWell() throws IOException {
        assertThat(read(LogFrames.end(EventLines.done()))).isEmpty();
        assertThatThrownBy(() -> read(LogFrames.end(EventLines.failed(EngineException.Kind.NOT_FOUND, "gone"))))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_FOUND))
                .hasMessage("gone");
    }
}
