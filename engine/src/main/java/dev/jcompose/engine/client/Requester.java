package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.json.JsonFormatException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.EventLines;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the engine, and turns what goes wrong into an {@link EngineException}. */
final class Requester {
    private static final int NOT_FOUND = 404;

    private final Path socket;

    Requester(Path socket) {
        this.socket = socket;
    }

    /** Makes a result of a successful answer. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Response response) throws IOException;
    }

    /** Begins a request on a connection. */
    @FunctionalInterface
    interface Sender {
        Response send(Connection connection) throws IOException;
    }

    /** A request and its answer; the connection is closed after. */
    <T> T ask(String method, String target, @Nullable JsonObject body, Reader<T> reader) {
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(UTF_8);
        return ask(connection -> connection.send(method, target, bytes), reader);
    }

    /** A request with a body from a stream, and its answer. */
    <T> T askWithStream(String method, String target, InputStream body, Reader<T> reader) {
        return ask(connection -> connection.sendStream(method, target, body), reader);
    }

    private <T> T ask(Sender sender, Reader<T> reader) {
        try (Connection connection = Connection.open(socket)) {
            Response response = sender.send(connection);
            check(response);
            return reader.read(response);
        } catch (IOException | JsonFormatException e) {
            throw failure(e);
        }
    }

    /** Asks for an operation, and hands over its events. */
    void operate(String target, JsonObject body, EventListener listener) {
        follow("POST", target, body, () -> {}, listener);
    }

    /** A request that is answered by events until the last one; {@code begun} is called before the first. */
    void follow(String method, String target, @Nullable JsonObject body, Runnable begun, EventListener listener) {
        ask(method, target, body, response -> {
            begun.run();
            readEvents(response, listener);
            return Optional.empty();
        });
    }

    private static void readEvents(Response response, EventListener listener) throws IOException {
        BufferedReader lines = response.lines();
        boolean last = false;
        while (!last) {
            String line = lines.readLine();
            if (line == null) {
                throw new EOFException("the engine went away");
            }
            last = EventLines.read(JsonObject.parse(line), listener);
        }
    }

    /** The query that selects a project, or all. */
    static String query(Optional<String> project) {
        return project.map(name -> "?project=" + URLEncoder.encode(name, UTF_8)).orElse("");
    }

    /** A connection that the caller keeps. */
    Connection connect() throws IOException {
        return Connection.open(socket);
    }

    /** Throws what the engine answered, if it is not success. */
    void check(Response response) throws IOException {
        if (response.status() == 101 || response.status() == 304 || response.isSuccess()) {
            return;
        }
        String text = response.text();
        if (text.isEmpty() && response.status() == NOT_FOUND) {
            throw new EngineException(EngineException.Kind.NOT_FOUND, "not found");
        }
        try {
            JsonObject json = JsonObject.parse(text);
            throw new EngineException(EventLines.kind(json.string("kind", "failed")), json.string("message"));
        } catch (JsonFormatException e) {
            throw new EngineException(
                    EngineException.Kind.FAILED,
                    "the engine answered with status %d: %s".formatted(response.status(), text.strip()),
                    e);
        }
    }

    /** What to throw when the connection fails, or what copies from or to it. */
    EngineException failure(Exception e) {
        if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
            return new EngineException(EngineException.Kind.CANCELLED, "canceled", e);
        }
        boolean lost = e instanceof LostEngineException || e instanceof EOFException;
        String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new EngineException(
                lost ? EngineException.Kind.LOST : EngineException.Kind.FAILED,
                "cannot talk to the engine at %s: %s".formatted(socket, problem),
                e);
    }
}
