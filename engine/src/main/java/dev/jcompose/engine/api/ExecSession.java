package dev.jcompose.engine.api;

import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A command that runs in a container, or the container's own command, and whoever talks to it. Closing the session does
 * not end the command, but without a client who has left by the detach keys it loses its terminal.
 */
public interface ExecSession extends AutoCloseable {
    /** What {@link #run} gives when the client has left and the command goes on. */
    int DETACHED = -1;

    /** Its input; closing it gives the command an end of file. */
    OutputStream stdin();

    /**
     * Copies its output until it has ended; with a terminal everything comes on {@code stdout}. Call it once.
     *
     * @return the exit code, 0 to 255; 126 or 127 when the command could not be started; {@link #DETACHED}
     */
    int run(OutputStream stdout, OutputStream stderr);

    /** Tells the pty its new size. */
    void resize(int rows, int columns);

    /** Ends with the exit code; for a client behind a connection, no later than {@link #run} and perhaps never. */
    CompletableFuture<Integer> ended();

    @Override
    void close();
}
