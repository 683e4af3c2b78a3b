package dev.jcompose.engine.server.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.StdFrames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /containers/{id}/logs}: frames as {@link StdFrames} has them, one per line. */
final class ContainerLogs implements Endpoint {
    private final EngineApi engine;
    private final ContainerFinder finder;

    ContainerLogs(EngineApi engine, ContainerFinder finder) {
        this.engine = engine;
        this.finder = finder;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        ContainerSummary container = finder.get(exchange.parameter("id"));
        boolean stdout = exchange.queryFlag("stdout");
        boolean stderr = exchange.queryFlag("stderr");
        if (!stdout && !stderr) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "Bad parameters: you must choose at least one stream");
        }
        LogsRequest request = new LogsRequest(
                container.project(),
                Set.of(container.service()),
                exchange.queryFlag("follow"),
                tail(exchange.query("tail")),
                time(exchange.query("since")),
                time(exchange.query("until")),
                container.number());
        boolean timestamps = exchange.queryFlag("timestamps");
        OutputStream out = exchange.stream("application/vnd.docker.multiplexed-stream");
        try {
            engine.logs(request, entry -> {
                boolean wanted = switch (entry.source()) {
                    case STDOUT -> stdout;
                    case STDERR -> stderr;
                    case ENGINE -> false;
                };
                if (wanted) {
                    write(out, entry, timestamps);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(OutputStream out, LogEntry entry, boolean timestamp) {
        byte[] time = timestamp ? (entry.time() + " ").getBytes(UTF_8) : new byte[0];
        byte[] line = new byte[time.length + entry.text().length + 1];
        System.arraycopy(time, 0, line, 0, time.length);
        System.arraycopy(entry.text(), 0, line, time.length, entry.text().length);
        line[line.length - 1] = '\n';
        int type = entry.source() == LogEntry.Source.STDERR ? StdFrames.STDERR : StdFrames.STDOUT;
        try {
            out.write(StdFrames.frame(type, line, 0, line.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Integer tail(Optional<String> tail) {
        return tail.filter(text -> !text.equals("all")).map(Integer::valueOf).orElse(null);
    }

    /** Seconds since 1970 with a fraction, or RFC 3339; 0 is no limit. */
    private static @Nullable Instant time(Optional<String> time) {
        String text = time.orElse("0");
        if (text.isEmpty() || text.equals("0")) {
            return null;
        }
        try {
            if (text.indexOf('T') > 0) {
                return Instant.parse(text);
            }
            BigDecimal seconds = new BigDecimal(text);
            long whole = seconds.longValue();
            return Instant.ofEpochSecond(
                    whole,
                    seconds.subtract(BigDecimal.valueOf(whole))
                            .movePointRight(9)
                            .longValue());
        } catch (NumberFormatException | DateTimeException e) {
            throw new EngineException(EngineException.Kind.INVALID, "invalid time \"%s\"".formatted(text), e);
        }
    }
}
