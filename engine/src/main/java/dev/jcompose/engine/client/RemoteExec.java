package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.StdFrames;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command in a container, behind a connection that was taken over. */
final class RemoteExec implements ExecSession {
    private final Requester requester;
    private final ExecRequest request;
    private final String id;
    private final Connection connection;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private RemoteExec(Requester requester, ExecRequest request, String id, Connection connection) {
        this.requester = requester;
        this.request = request;
        this.id = id;
        this.connection = connection;
    }

    static RemoteExec start(Requester requester, ExecRequest request) {
        String target = "/containers/%s/exec".formatted(URLEncoder.encode(request.container(), UTF_8));
        String id = requester.ask(
                "POST",
                target,
                createBody(request),
                response -> JsonObject.parse(response.text()).string("Id"));
        JsonObject start = JsonObject.create().put("Detach", request.detach()).put("Tty", request.terminal());
        if (request.rows() > 0) {
            start.put("ConsoleSize", List.of(request.rows(), request.columns()));
        }
        try {
            Connection connection = requester.connect();
            try {
                byte[] body = start.toString().getBytes(UTF_8);
                String path = "/exec/%s/start".formatted(id);
                requester.check(
                        request.detach() ? connection.send("POST", path, body) : connection.sendUpgrade(path, body));
                return new RemoteExec(requester, request, id, connection);
            } catch (IOException | EngineException e) {
                connection.close();
                throw e;
            }
        } catch (IOException e) {
            throw requester.failure(e);
        }
    }

    private static JsonObject createBody(ExecRequest request) {
        return JsonObject.create()
                .put("Cmd", request.command())
                .put(
                        "Env",
                        request.environment().entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList())
                .put("WorkingDir", request.workingDirectory())
                .put("User", request.user())
                .put("Privileged", request.privileged())
                .put("DetachKeys", request.detachKeys())
                .put("Tty", request.terminal())
                .put("AttachStdin", request.stdin())
                .put("AttachStdout", !request.detach())
                .put("AttachStderr", !request.detach());
    }

    @Override
    public OutputStream stdin() {
        return connection.output();
    }

    @Override
    public int run(OutputStream stdout, OutputStream stderr) {
        if (request.detach()) {
            return 0;
        }
        try {
            if (request.terminal()) {
                copy(connection.input(), stdout);
            } else {
                StdFrames.copy(new DataInputStream(connection.input()), stdout, stderr);
            }
        } catch (IOException e) {
            throw requester.failure(e);
        }
        return requester.ask("GET", "/exec/%s/json".formatted(id), null, response -> {
            JsonObject json = JsonObject.parse(response.text());
            if (json.flag("Running")) {
                return DETACHED;
            }
            Integer code = json.integerOrNull("ExitCode");
            if (code == null) {
                throw new IOException("the connection to the command was lost");
            }
            ended.complete(code);
            return code;
        });
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return ended.copy();
    }

    /** Copies until the end. */
    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    @Override
    public void resize(int rows, int columns) {
        requester.ask(
                "POST", "/exec/%s/resize?h=%d&w=%d".formatted(id, rows, columns), null, response -> Optional.empty());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw requester.failure(e);
        }
    }
}
