package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.StdFrames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /exec/{id}/start}: with {@code Connection: Upgrade} the connection becomes the command's input and
 * output, else the answer is its output. Frames as {@link StdFrames} has them, raw bytes with a terminal.
 */
final class ExecStart implements Endpoint {
    private static final Logger log = LoggerFactory.getLogger(ExecStart.class);

    private final EngineApi engine;
    private final Execs execs;
    private final Executor pool;

    /**
     * Makes one.
     *
     * @param pool copies the input, one thread for each command
     */
    ExecStart(EngineApi engine, Execs execs, Executor pool) {
        this.engine = engine;
        this.execs = execs;
        this.pool = pool;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        JsonObject json = exchange.json();
        Exec exec = execs.get(exchange.parameter("id"));
        boolean detach = json.flag("Detach");
        boolean stdin = exec.request().stdin() && exchange.wantsUpgrade() && !detach;
        ExecSession session = exec.start(engine, request(exec.request(), json, stdin, detach));
        if (detach) {
            session.close();
            exchange.respondEmpty(200);
            return;
        }
        try (session) {
            boolean terminal = exec.request().terminal();
            String type = terminal ? StdFrames.RAW_TYPE : StdFrames.MULTIPLEXED_TYPE;
            OutputStream out = exchange.wantsUpgrade() ? exchange.upgrade(type) : exchange.stream(type);
            if (stdin) {
                InputStream input = exchange.body();
                pool.execute(() -> copy(input, session.stdin()));
            }
            int code = terminal
                    ? session.run(out, out)
                    : session.run(StdFrames.output(StdFrames.STDOUT, out), StdFrames.output(StdFrames.STDERR, out));
            if (code != ExecSession.DETACHED) {
                // Before the end of the answer, so that a client who asks then is told.
                exec.ended(code);
            }
        }
    }

    /** What was created, with the size that newer clients give at the start only: {@code [height, width]}. */
    private static ExecRequest request(ExecRequest created, JsonObject json, boolean stdin, boolean detach) {
        int rows = 0;
        int columns = 0;
        if (json.members().get("ConsoleSize") instanceof List<?> size
                && size.size() == 2
                && size.get(0) instanceof Number height
                && size.get(1) instanceof Number width) {
            rows = height.intValue();
            columns = width.intValue();
        }
        return new ExecRequest(
                created.container(),
                created.command(),
                created.environment(),
                created.workingDirectory(),
                created.user(),
                created.privileged(),
                created.terminal(),
                stdin,
                detach,
                rows,
                columns,
                created.detachKeys());
    }

    /** Ends with the input, or when the command has ended and takes no more. */
    static void copy(InputStream in, OutputStream stdin) {
        try (stdin) {
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                stdin.write(buffer, 0, count);
                stdin.flush();
            }
        } catch (IOException e) {
            log.debug("the input of an exec ended: {}", e.toString());
        }
    }
}
