package dev.jcompose.engine.server.compose;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.EventLines;
import dev.jcompose.engine.wire.LogFrames;
import dev.jcompose.engine.wire.LogsQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** {@code POST /compose/logs}: the answer is as {@link LogFrames} has it. */
final class LogStream implements Endpoint {
    private final EngineApi engine;

    LogStream(EngineApi engine) {
        this.engine = engine;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        LogsRequest request = LogsQuery.read(exchange.json());
        OutputStream out = exchange.stream("application/vnd.jcompose.logs");
        JsonObject last = EventLines.done();
        try {
            engine.logs(request, entry -> write(out, LogFrames.write(entry)));
        } catch (EngineException e) {
            last = EventLines.failed(e.kind(), String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.write(LogFrames.end(last));
    }

    private static void write(OutputStream out, byte[] frame) {
        try {
            out.write(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
