package dev.jcompose.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies a command's input on a thread of its own, until the input or the command ends. */
final class InputPump implements AutoCloseable {
    private final Thread thread;

    private InputPump(Thread thread) {
        this.thread = thread;
    }

    static InputPump start(InputStream in, OutputStream out) {
        Thread thread = new Thread(() -> copy(in, out), "stdin");
        thread.setDaemon(true);
        thread.start();
        return new InputPump(thread);
    }

    @SuppressWarnings("EmptyCatch") // either end may go first: the command has ended, or this pump was closed
    private static void copy(InputStream in, OutputStream out) {
        try (out) {
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // The end.
        }
    }

    /** Stops reading: a JVM that exits while a thread reads waits for it. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
