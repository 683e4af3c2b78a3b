package dev.jcompose.cli.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.jspecify.annotations.Nullable;

/** Lets what one side writes be read by the other: the writer has a thread of its own. */
public final class StreamBridge implements AutoCloseable {
    private static final int PIPE_BYTES = 256 * 1024;

    private final PipedInputStream input = new PipedInputStream(PIPE_BYTES);
    private final Thread thread;
    private volatile @Nullable Exception failure;

    /** Who writes. */
    @FunctionalInterface
    public interface Writer {
        /** Writes all; the stream is closed afterwards. */
        void write(OutputStream out) throws IOException;
    }

    private StreamBridge(Writer writer) throws IOException {
        PipedOutputStream output = new PipedOutputStream(input);
        this.thread = new Thread(() -> write(writer, output), "copy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins to write. */
    public static StreamBridge from(Writer writer) throws IOException {
        return new StreamBridge(writer);
    }

    private void write(Writer writer, OutputStream output) {
        try (output) {
            writer.write(output);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    /** What is written. */
    public InputStream input() {
        return input;
    }

    /** Throws what the writer failed with. */
    public void check() throws IOException {
        try {
            input.transferTo(OutputStream.nullOutputStream());
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Exception failed = failure;
        if (failed instanceof IOException io) {
            throw io;
        }
        if (failed instanceof RuntimeException runtime) {
            throw runtime;
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
