package dev.jcompose.cli.hosted;

import org.jspecify.annotations.Nullable;

/**
 * The thread of a command, which others may interrupt until the command has ended; then the thread is somebody's else.
 */
final class CommandThread implements AutoCloseable {
    private @Nullable Thread thread = Thread.currentThread();

    /** Cancels what the command does. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The command has ended. */
    @Override
    public synchronized void close() {
        thread = null;
    }
}
