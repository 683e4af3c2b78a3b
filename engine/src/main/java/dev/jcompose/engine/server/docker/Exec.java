package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exec that a client has created: not started, running, or ended. Thread-safe. */
final class Exec {
    private static final int KILLED = 137;

    private final String id;
    private final String containerId;
    private final ExecRequest request;
    private @Nullable ExecSession session;
    private @Nullable Integer exitCode;
    private boolean started;

    Exec(String id, String containerId, ExecRequest request) {
        this.id = id;
        this.containerId = containerId;
        this.request = request;
    }

    /** 64 hex digits. */
    String id() {
        return id;
    }

    /** As the client created it. */
    ExecRequest request() {
        return request;
    }

    /**
     * Starts it.
     *
     * @param asked the request with what the client has added at the start
     * @throws EngineException of kind CONFLICT when it has been started before
     */
    ExecSession start(EngineApi engine, ExecRequest asked) {
        synchronized (this) {
            if (started) {
                throw new EngineException(
                        EngineException.Kind.CONFLICT, "exec %s has been started already".formatted(id));
            }
            started = true;
        }
        ExecSession begun = engine.containers().exec(asked);
        synchronized (this) {
            session = begun;
        }
        begun.ended().whenComplete((code, failure) -> ended(code == null ? KILLED : code));
        return begun;
    }

    /** Notes how it ended. */
    synchronized void ended(int code) {
        session = null;
        exitCode = code;
    }

    synchronized boolean isRunning() {
        return session != null;
    }

    /** Passes a new size of the terminal on; without effect when it does not run. */
    void resize(int rows, int columns) {
        ExecSession running;
        synchronized (this) {
            running = session;
        }
        if (running != null) {
            running.resize(rows, columns);
        }
    }

    /** As {@code GET /exec/{id}/json} shows it. */
    synchronized JsonObject json() {
        List<String> command = request.command();
        return JsonObject.create()
                .put("ID", id)
                .put("ContainerID", containerId)
                .put("Running", session != null)
                .put("ExitCode", exitCode)
                .put(
                        "ProcessConfig",
                        JsonObject.create()
                                .put("entrypoint", command.get(0))
                                .put("arguments", command.subList(1, command.size()))
                                .put("tty", request.terminal())
                                .put("privileged", request.privileged()))
                .put("OpenStdin", request.stdin())
                .put("OpenStdout", !request.detach())
                .put("OpenStderr", !request.detach());
    }
}
