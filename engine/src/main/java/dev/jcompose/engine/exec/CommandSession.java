package dev.jcompose.engine.exec;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.EventCalls.Pipe;
import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.ExecProcess;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.exec.ExecStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A command whose streams a client holds the other ends of. */
public final class CommandSession implements ExecSession {
    private final Linux linux;
    private final EventLoop loop;
    private final ExecProcess process;
    private final OutputStream stdin;
    private final Fd stdout;
    private final Optional<Fd> stderr;

    private CommandSession(
            Linux linux, EventLoop loop, ExecProcess process, OutputStream stdin, Fd stdout, Optional<Fd> stderr) {
        this.linux = linux;
        this.loop = loop;
        this.process = process;
        this.stdin = stdin;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Starts a command with a pty of that size. */
    public static CommandSession onTerminal(
            Linux linux,
            EventLoop loop,
            ContainerRuntime runtime,
            RunningContainer container,
            ExecSpec spec,
            int rows,
            int columns)
            throws IOException {
        ExecProcess process = runtime.exec(container, spec, new ExecStreams.Terminal(rows, columns));
        Fd terminal = process.terminal().orElseThrow();
        return new CommandSession(
                linux,
                loop,
                process,
                new FdOutput(linux, linux.files().duplicate(terminal, 3)),
                terminal,
                Optional.empty());
    }

    /** Starts a command with three pipes; without {@code input} its standard input is empty. */
    public static CommandSession onPipes(
            Linux linux,
            EventLoop loop,
            ContainerRuntime runtime,
            RunningContainer container,
            ExecSpec spec,
            boolean input)
            throws IOException {
        EventCalls events = linux.events();
        try (Pipe in = events.pipe2(0);
                Fd nothing = linux.files().openat(null, "/dev/null", Fcntl.O_RDONLY, 0);
                Pipe out = events.pipe2(0);
                Pipe err = events.pipe2(0)) {
            Fd childInput = input ? in.readEnd() : nothing;
            ExecProcess process = runtime.exec(
                    container, spec, new ExecStreams.Descriptors(childInput, out.writeEnd(), err.writeEnd()));
            return new CommandSession(
                    linux,
                    loop,
                    process,
                    new FdOutput(linux, linux.files().duplicate(in.writeEnd(), 3)),
                    linux.files().duplicate(out.readEnd(), 3),
                    Optional.of(linux.files().duplicate(err.readEnd(), 3)));
        }
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public int run(OutputStream out, OutputStream err) {
        CompletableFuture<ExitStatus> ended = ended();
        Thread copier = null;
        if (stderr.isPresent()) {
            copier = new Thread(() -> copy(stderr.get(), err), "exec-stderr");
            copier.setDaemon(true);
            copier.start();
        }
        copy(stdout, out);
        try {
            if (copier != null) {
                copier.join();
            }
            return ended.get().shellCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "the command goes on without its client", e);
        } catch (ExecutionException e) {
            throw new EngineException(Kind.FAILED, "cannot tell how the command ended: " + e.getMessage(), e);
        }
    }

    @Override
    public void resize(int rows, int columns) {
        try {
            process.resize(rows, columns);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot resize the terminal: " + e.getMessage(), e);
        }
    }

    /** Ends when the command has ended. */
    public CompletableFuture<ExitStatus> ended() {
        return ProcessEnd.of(loop, process);
    }

    @Override
    public void close() {
        try {
            stdin.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stderr.ifPresent(Fd::close);
            stdout.close();
            process.close();
        }
    }

    private void copy(Fd from, OutputStream to) {
        try {
            InputStream input = new FdInput(linux, from);
            byte[] buffer = new byte[32 * 1024];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (ErrnoException e) {
            throw new EngineException(Kind.FAILED, "cannot read the command's output: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EngineException(Kind.CANCELLED, "nobody reads the command's output any more", e);
        }
    }
}
