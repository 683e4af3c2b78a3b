package dev.jcompose.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.json.JsonObject;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * Log lines as bytes, numbers in network order:
 *
 * <pre>
 * source 1 byte | seconds 8 | nanoseconds 4 | container's name: length 2, UTF-8 | text: length 4, bytes
 * </pre>
 *
 * The stream ends with a byte {@link #END} and a JSON object as {@link EventLines} has it: length 4, UTF-8. A stream
 * without that was cut off.
 */
public final class LogFrames {
    /** No source has this number. */
    private static final int END = 0xff;

    /** A source's number is its place here. */
    private static final List<LogEntry.Source> SOURCES =
            List.of(LogEntry.Source.STDOUT, LogEntry.Source.STDERR, LogEntry.Source.ENGINE);

    private LogFrames() {}

    /** One line. */
    public static byte[] write(LogEntry entry) {
        byte[] name = entry.container().getBytes(UTF_8);
        byte[] text = entry.text();
        Instant time = entry.time();
        return ByteBuffer.allocate(19 + name.length + text.length)
                .put((byte) SOURCES.indexOf(entry.source()))
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .putShort((short) name.length)
                .put(name)
                .putInt(text.length)
                .put(text)
                .array();
    }

    /** The end. */
    public static byte[] end(JsonObject last) {
        byte[] text = last.toString().getBytes(UTF_8);
        return ByteBuffer.allocate(5 + text.length)
                .put((byte) END)
                .putInt(text.length)
                .put(text)
                .array();
    }

    /**
     * Hands over all lines of a stream.
     *
     * @throws EOFException if the stream is cut off
     * @throws EngineException if its end says so
     */
    public static void read(DataInputStream in, LogListener listener) throws IOException {
        while (true) {
            int source = in.readUnsignedByte();
            if (source == END) {
                JsonObject last = JsonObject.parse(new String(in.readNBytes(in.readInt()), UTF_8));
                EventLines.read(last, event -> {});
                return;
            }
            if (source >= SOURCES.size()) {
                throw new IOException("a log frame has the unknown source " + source);
            }
            Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
            byte[] name = new byte[in.readUnsignedShort()];
            in.readFully(name);
            byte[] text = new byte[in.readInt()];
            in.readFully(text);
            listener.on(new LogEntry(new String(name, UTF_8), SOURCES.get(source), time, text));
        }
    }
}
