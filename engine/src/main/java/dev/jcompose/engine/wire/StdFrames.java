package dev.jcompose.engine.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Docker's framing of two outputs in one stream: {@code type, 0, 0, 0, length} of 8 bytes, then the data. Type 1 is
 * standard output, 2 standard error.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.44/#tag/Container/operation/ContainerAttach">
 *     Docker Engine API, stream format</a>
 */
public final class StdFrames {
    /** The media type of the framed stream. */
    public static final String MULTIPLEXED_TYPE = "application/vnd.docker.multiplexed-stream";
    /** The media type of what comes from a terminal, without frames. */
    public static final String RAW_TYPE = "application/vnd.docker.raw-stream";

    /** Standard output. */
    public static final int STDOUT = 1;
    /** Standard error. */
    public static final int STDERR = 2;

    private static final int HEADER_BYTES = 8;

    private StdFrames() {}

    /** A stream whose every write becomes a frame in {@code out}. Closing it closes nothing. */
    public static OutputStream output(int type, OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    out.write(frame(type, bytes, offset, length));
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    /** One frame. */
    public static byte[] frame(int type, byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(HEADER_BYTES + length)
                .put((byte) type)
                .position(4)
                .putInt(length)
                .put(bytes, offset, length)
                .array();
    }

    /**
     * Takes a stream of frames apart, until it ends.
     *
     * @throws EOFException if it ends within a frame
     */
    public static void copy(DataInputStream in, OutputStream stdout, OutputStream stderr) throws IOException {
        while (true) {
            int type = in.read();
            if (type < 0) {
                return;
            }
            in.skipNBytes(3);
            OutputStream target = type == STDERR ? stderr : stdout;
            byte[] data = new byte[in.readInt()];
            in.readFully(data);
            target.write(data);
            target.flush();
        }
    }
}
