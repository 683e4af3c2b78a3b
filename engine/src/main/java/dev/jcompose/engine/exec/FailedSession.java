package dev.jcompose.engine.exec;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ExecSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A command that could not be started: its output is the reason, its exit code that of a shell. */
public final class FailedSession implements ExecSession {
    private final int exitCode;
    private final String reason;

    /** {@code exitCode} is 125, 126 or 127. */
    public FailedSession(int exitCode, String reason) {
        this.exitCode = exitCode;
        this.reason = reason;
    }

    @Override
    public OutputStream stdin() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public int run(OutputStream stdout, OutputStream stderr) {
        try {
            stderr.write((reason + "\n").getBytes(StandardCharsets.UTF_8));
            stderr.flush();
        } catch (IOException e) {
            throw new EngineException(Kind.CANCELLED, "nobody reads the command's output any more", e);
        }
        return exitCode;
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return CompletableFuture.completedFuture(exitCode);
    }

    @Override
    public void resize(int rows, int columns) {}

    @Override
    public void close() {}
}
