package dev.jcompose.engine.host;

import dev.jcompose.engine.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/** Runs commands of the command line on behalf of clients. Thread-safe. */
public interface CommandHost {

    /**
     * Runs one; returns when it has ended. The thread is interrupted when the client goes away.
     *
     * @param request what the client sent
     * @param in what the client sends from now on; its end is the client's
     * @param out to the client; not buffered, and thread-safe
     * @throws IOException when the connection is gone
     */
    void run(JsonObject request, Peer peer, InputStream in, OutputStream out) throws IOException;

    /**
     * Runs the command of a process that only stands in for a client, with that process's descriptors; returns when it
     * has ended. The thread is interrupted when the process ends.
     *
     * @param in ends when the process does
     * @return the exit code; empty if the command has to run elsewhere, and nothing has happened
     * @see dev.jcompose.engine.standin.StandInProgram
     */
    OptionalInt runFor(Peer standIn, InputStream in) throws IOException;
}
