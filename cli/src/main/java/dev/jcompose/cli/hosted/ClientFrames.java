package dev.jcompose.cli.hosted;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.cli.delegate.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Sends frames to a client. Thread-safe. */
final class ClientFrames {
    private static final int MAX_DATA_BYTES = 1 << 16;

    private final OutputStream out;

    ClientFrames(OutputStream out) {
        this.out = out;
    }

    void send(int type, byte[] data) throws IOException {
        send(type, data, 0, data.length);
    }

    void send(int type, String text) throws IOException {
        send(type, text.getBytes(US_ASCII));
    }

    private void send(int type, byte[] data, int offset, int length) throws IOException {
        out.write(ByteBuffer.allocate(Frame.HEADER_BYTES + length)
                .putInt(type << 24)
                .putInt(length)
                .put(data, offset, length)
                .array());
    }

    /** Allows the client to send a piece of its standard input. */
    void askForInput(int maxBytes) throws IOException {
        send(Frame.READ, ByteBuffer.allocate(4).putInt(maxBytes).array());
    }

    /** Tells how to restore the terminal's settings; an empty text: they are as they were. */
    @SuppressWarnings("EmptyCatch") // a client that is gone restores nothing
    void tellSettings(String settings) {
        try {
            send(Frame.TERMINAL, settings);
        } catch (IOException e) {
            // It is restored from here.
        }
    }

    /** A stream whose every write is a frame. */
    OutputStream stream(int type) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; ) {
                    int count = Math.min(MAX_DATA_BYTES, length - done);
                    send(type, bytes, offset + done, count);
                    done += count;
                }
            }
        };
    }
}
