package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.event.EventBus;
import java.io.IOException;

/** Hands the log lines of a project's containers to whoever asks for them. */
final class LogsCommand {
    private final EngineParts parts;
    private final ProjectLocks locks;

    LogsCommand(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.locks = locks;
    }

    void run(LogsRequest request, LogListener listener) {
        try (FollowedLogs followed = new FollowedLogs(
                        parts.table(), parts.logs()::of, request, () -> locks.isBusy(request.project()));
                EventBus.Subscription happenings = parts.bus().subscribe(followed::happened);
                EventBus.Subscription ends = locks.whenFree(project -> followed.look())) {
            followed.begin();
            followed.copyTo(listener);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot read the logs: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "nobody reads the logs any more", e);
        }
    }
}
