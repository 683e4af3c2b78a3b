package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.StdFrames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /containers/{id}/attach}: the connection becomes the container's input and output; frames as
 * {@link StdFrames} has them, raw bytes with a terminal.
 */
final class Attach implements Endpoint {
    private final ContainerOperations containers;
    private final ContainerFinder finder;
    private final Executor pool;

    /** {@code pool} copies the input, one thread for each client. */
    Attach(ContainerOperations containers, ContainerFinder finder, Executor pool) {
        this.containers = containers;
        this.finder = finder;
        this.pool = pool;
    }

    /** {@code logs}, or a word of our own: {@code since}, a time such as 2026-01-02T13:23:37Z. */
    private static @Nullable Instant since(Exchange exchange) {
        if (exchange.queryFlag("logs")) {
            return Instant.EPOCH;
        }
        try {
            return exchange.query("since").map(Instant::parse).orElse(null);
        } catch (DateTimeParseException e) {
            throw new EngineException(EngineException.Kind.INVALID, "since is no time such as 2026-01-02T13:23:37Z", e);
        }
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        // Nothing is in it; but what comes after it is the container's input.
        exchange.body().transferTo(OutputStream.nullOutputStream());
        boolean stdin = exchange.queryFlag("stdin") && exchange.wantsUpgrade();
        AttachRequest request = new AttachRequest(
                finder.get(exchange.parameter("id")).id(),
                stdin,
                since(exchange),
                exchange.query("detachKeys").orElse(""));
        try (AttachSession session = containers.attach(request)) {
            boolean terminal = session.terminal();
            String type = terminal ? StdFrames.RAW_TYPE : StdFrames.MULTIPLEXED_TYPE;
            OutputStream out = exchange.wantsUpgrade() ? exchange.upgrade(type) : exchange.stream(type);
            if (stdin) {
                InputStream input = exchange.body();
                pool.execute(() -> ExecStart.copy(input, session.stdin()));
            }
            OutputStream stdout = terminal ? out : StdFrames.output(StdFrames.STDOUT, out);
            OutputStream stderr = terminal ? out : StdFrames.output(StdFrames.STDERR, out);
            int ignored = session.run(
                    exchange.queryFlag("stdout") ? stdout : OutputStream.nullOutputStream(),
                    exchange.queryFlag("stderr") ? stderr : OutputStream.nullOutputStream());
        }
    }
}
