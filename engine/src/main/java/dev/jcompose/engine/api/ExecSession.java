package dev.jcompose.engine.api;

import java.io.OutputStream;

/** A command that runs in a container. Closing the session does not end the command. */
public interface ExecSession extends AutoCloseable {

    /** Its input; closing it gives the command an end of file. */
    OutputStream stdin();

    /**
     * Copies its output until it has ended; with a terminal everything comes on {@code stdout}. Call it once.
     *
     * @return the exit code, 0 to 255; 126 or 127 when the command could not be started
     */
    int run(OutputStream stdout, OutputStream stderr);

    /** Tells the pty its new size. */
    void resize(int rows, int columns);

    @Override
    void close();
}
