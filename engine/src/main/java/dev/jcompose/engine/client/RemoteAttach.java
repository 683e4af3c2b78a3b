package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.StdFrames;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A container's own streams, behind a connection that was taken over; another one waits for its end. */
final class RemoteAttach implements AttachSession {
    private final Requester requester;
    private final String path;
    private final Connection streams;
    private final boolean terminal;
    private final Connection waiting;
    private final Response end;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private RemoteAttach(
            Requester requester, String path, Connection streams, boolean terminal, Connection waiting, Response end) {
        this.requester = requester;
        this.path = path;
        this.streams = streams;
        this.terminal = terminal;
        this.waiting = waiting;
        this.end = end;
    }

    static RemoteAttach start(Requester requester, AttachRequest request) {
        String path = RemoteContainers.path(request.container());
        String condition = isRunning(requester, path) ? "not-running" : "next-exit";
        String query = "?stream=1&stdout=1&stderr=1&stdin=%d%s&detachKeys=%s"
                .formatted(
                        request.stdin() ? 1 : 0,
                        request.since() == null ? "" : "&since=" + request.since(),
                        URLEncoder.encode(request.detachKeys(), UTF_8));
        try {
            Connection waiting = requester.connect();
            try {
                Response end = waiting.send("POST", path + "/wait?condition=" + condition, new byte[0]);
                requester.check(end);
                Connection streams = requester.connect();
                try {
                    Response answer = streams.sendUpgrade(path + "/attach" + query, new byte[0]);
                    requester.check(answer);
                    boolean terminal =
                            StdFrames.RAW_TYPE.equals(answer.headers().get("content-type"));
                    return new RemoteAttach(requester, path, streams, terminal, waiting, end);
                } catch (IOException | EngineException e) {
                    streams.close();
                    throw e;
                }
            } catch (IOException | EngineException e) {
                waiting.close();
                throw e;
            }
        } catch (IOException e) {
            throw requester.failure(e);
        }
    }

    private static boolean isRunning(Requester requester, String path) {
        return requester.ask(
                "GET",
                path + "/json",
                null,
                response -> JsonObject.parse(response.text()).object("State").flag("Running"));
    }

    @Override
    public boolean terminal() {
        return terminal;
    }

    @Override
    public OutputStream stdin() {
        return streams.output();
    }

    @Override
    public int run(OutputStream stdout, OutputStream stderr) {
        try {
            if (terminal) {
                RemoteExec.copy(streams.input(), stdout);
            } else {
                StdFrames.copy(new DataInputStream(streams.input()), stdout, stderr);
            }
            if (goesOn()) {
                if (waiting.isClosedByEngine()) {
                    // It is another engine that says so.
                    throw new LostEngineException("the engine went away");
                }
                return DETACHED;
            }
            int code = JsonObject.parse(end.text()).integer("StatusCode", 0);
            ended.complete(code);
            return code;
        } catch (IOException e) {
            throw requester.failure(e);
        }
    }

    private boolean goesOn() {
        try {
            return isRunning(requester, path);
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void resize(int rows, int columns) {
        requester.ask("POST", path + "/resize?h=%d&w=%d".formatted(rows, columns), null, response -> Optional.empty());
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        try (waiting) {
            streams.close();
        } catch (IOException e) {
            throw requester.failure(e);
        }
    }
}
