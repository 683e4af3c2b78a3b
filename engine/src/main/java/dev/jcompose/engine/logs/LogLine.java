package dev.jcompose.engine.logs;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A line of a container's output.
 *
 * @param time when the chunk in which it begins left the pipe
 * @param stream where it was written
 * @param text its bytes without the line feed, which need not be text in any encoding; read-only
 * @param partial whether no line feed followed: the container ended within the line, or it is longer than
 *     {@link LogReader#MAX_LINE_BYTES} and goes on in the next one
 */
public record LogLine(Instant time, LogStream stream, ByteBuffer text, boolean partial) {
    public LogLine {
        requireNonNull(time, "time");
        requireNonNull(stream, "stream");
        text = text.asReadOnlyBuffer();
    }

    /** The bytes read as UTF-8, with replacement characters for what is none. */
    public String utf8() {
        return StandardCharsets.UTF_8.decode(text.duplicate()).toString();
    }
}
