package dev.jcompose.engine.server.http;

import java.io.IOException;

/** Answers one kind of request. One object serves all requests, so it must be thread-safe. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers. Runs on a thread of the pool and may block; the thread is interrupted when the client goes away.
     *
     * @throws dev.jcompose.engine.api.EngineException to answer with its message and the status of its kind
     * @throws dev.jcompose.engine.json.JsonFormatException to answer that the request's body is wrong
     * @throws IOException when the connection is gone
     */
    void handle(Exchange exchange) throws IOException;
}
