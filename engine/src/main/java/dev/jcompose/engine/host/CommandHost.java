package dev.jcompose.engine.host;

import dev.jcompose.engine.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Runs commands of the command line on behalf of clients. Thread-safe. */
@FunctionalInterface
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
}
