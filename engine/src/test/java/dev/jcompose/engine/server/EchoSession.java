package dev.jcompose.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A command that writes "ready" to its error output, its input to its output, and ends with code 7. */
final class EchoSession implements ExecSession {
    final List<String> sizes = new CopyOnWriteArrayList<>();
    private final PipedOutputStream stdin = new PipedOutputStream();
    private final InputStream input;

    EchoSession() {
        try {
            input = new PipedInputStream(stdin, 64 * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public int run(OutputStream stdout, OutputStream stderr) {
        try {
            stderr.write("ready".getBytes(UTF_8));
            byte[] buffer = new byte[1024];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                stdout.write(buffer, 0, count);
            }
            return 7;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public java.util.concurrent.CompletableFuture<Integer> ended() {
        return new java.util.concurrent.CompletableFuture<>();
    }

    @Override
    public void resize(int rows, int columns) {
        sizes.add(rows + "x" + columns);
    }

    @Override
    public void close() {}
}
