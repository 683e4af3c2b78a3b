package dev.jcompose.engine.server.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.EventLines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer of an operation: its events as they happen, then how it ended; see {@link EventLines}. */
final class EventStream implements EventListener {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final Exchange exchange;
    private @Nullable OutputStream out;

    private EventStream(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Something that takes time and tells what it does. */
    @FunctionalInterface
    interface Operation {
        void run(EventListener listener);
    }

    /** Likewise, and says when its first event may come. */
    @FunctionalInterface
    interface Source {
        void run(Runnable begun, EventListener listener);
    }

    /** Runs an operation and answers with its events. */
    static void answer(Exchange exchange, Operation operation) throws IOException {
        follow(exchange, (begun, listener) -> {
            begun.run();
            operation.run(listener);
        });
    }

    /** The same, with the head of the answer only when it has begun: what fails before is answered as an error. */
    static void follow(Exchange exchange, Source source) throws IOException {
        EventStream stream = new EventStream(exchange);
        try {
            stream.write(stream.outcome(source));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void begin() {
        out = exchange.stream("application/x-ndjson");
    }

    private JsonObject outcome(Source source) {
        try {
            source.run(this::begin, this);
            return EventLines.done();
        } catch (UncheckedIOException e) {
            throw e;
        } catch (EngineException e) {
            if (out == null) {
                throw e;
            }
            return EventLines.failed(e.kind(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("an operation failed", e);
            return EventLines.failed(EngineException.Kind.FAILED, e.toString());
        }
    }

    @Override
    public void on(Event event) {
        try {
            write(EventLines.write(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonObject line) throws IOException {
        if (out == null) {
            begin();
        }
        Objects.requireNonNull(out).write((line + "\n").getBytes(UTF_8));
    }
}
