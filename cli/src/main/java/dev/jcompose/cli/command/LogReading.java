package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads log lines, and goes on where it was when the engine dies: containers outlive their engine, and so does the wish
 * to see what they say.
 */
final class LogReading {
    private final AnyEngine engines;
    private final LogListener listener;
    private final BooleanSupplier unwanted;
    private @Nullable Instant last;

    /**
     * Begins nothing yet.
     *
     * @param unwanted true when the end of the engine is no surprise, or the lines are not needed any more
     */
    LogReading(Session session, LogListener listener, BooleanSupplier unwanted) {
        this.engines = new AnyEngine(session, unwanted);
        this.listener = listener;
        this.unwanted = unwanted;
    }

    /** Reads until the end of the lines, or until they are not wanted any more; again, from where it was. */
    void run(EngineApi engine, LogsRequest request) {
        if (!request.follow()) {
            rest(engine, request);
            return;
        }
        try {
            engines.follow(engine, current -> {
                rest(current, request);
                return Optional.empty();
            });
        } catch (EngineException e) {
            if (!unwanted.getAsBoolean()) {
                throw e;
            }
        }
    }

    /** Reads what has come since the last line, or all if there was none. */
    void rest(EngineApi engine, LogsRequest request) {
        engine.logs(after(request, last), this::read);
    }

    private void read(LogEntry entry) {
        last = entry.time();
        listener.on(entry);
    }

    private static LogsRequest after(LogsRequest request, @Nullable Instant last) {
        return last == null
                ? request
                : new LogsRequest(
                        request.project(),
                        request.services(),
                        request.follow(),
                        null,
                        last.plusNanos(1),
                        request.until(),
                        request.index());
    }
}
