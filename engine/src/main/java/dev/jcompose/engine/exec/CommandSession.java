package dev.jcompose.engine.exec;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.EventCalls.Pipe;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.ExecProcess;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.exec.ExecStreams;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command whose streams a client holds the other ends of. When the client leaves by the detach keys, or does not come
 * at all, what the command writes is read and dropped until it ends.
 */
public final class CommandSession implements ExecSession {
    private static final Logger log = LoggerFactory.getLogger(CommandSession.class);

    private final Linux linux;
    private final EventLoop loop;
    private final ExecProcess process;
    private final OutputStream stdin;
    private final List<Output> outputs = new ArrayList<>();
    private final CompletableFuture<Integer> ended;
    private volatile boolean detached;

    private record Output(Fd fd, ReadyInput input) {}

    private CommandSession(Linux linux, EventLoop loop, ExecProcess process, OutputStream stdin, List<Fd> outputs)
            throws ErrnoException {
        this.linux = linux;
        this.loop = loop;
        this.process = process;
        this.stdin = stdin;
        for (Fd output : outputs) {
            this.outputs.add(new Output(output, new ReadyInput(linux, loop, output)));
        }
        this.ended = ProcessEnd.of(loop, process).thenApply(status -> {
            // Whatever still has its streams open is not waited for.
            this.outputs.forEach(output -> output.input().stop());
            return status.shellCode();
        });
    }

    /** Starts a command, with a pty or with three pipes as it is asked for. */
    public static ExecSession start(
            Linux linux,
            EventLoop loop,
            ContainerRuntime runtime,
            RunningContainer container,
            ExecSpec spec,
            ExecRequest request)
            throws IOException {
        CommandSession session = request.terminal()
                ? onTerminal(linux, loop, runtime, container, spec, request)
                : onPipes(linux, loop, runtime, container, spec, request.stdin());
        if (request.detach()) {
            session.detach();
        }
        return session;
    }

    private static CommandSession onTerminal(
            Linux linux,
            EventLoop loop,
            ContainerRuntime runtime,
            RunningContainer container,
            ExecSpec spec,
            ExecRequest request)
            throws IOException {
        DetachKeys keys = DetachKeys.parse(request.detachKeys());
        ExecProcess process =
                runtime.exec(container, spec, new ExecStreams.Terminal(request.rows(), request.columns()));
        Fd terminal = process.terminal().orElseThrow();
        CompletableFuture<CommandSession> made = new CompletableFuture<>();
        OutputStream input = new ReadyOutput(linux, loop, linux.files().duplicate(terminal, 3));
        CommandSession session = new CommandSession(
                linux,
                loop,
                process,
                keys.watch(input, () -> made.join().detach()),
                List.of(linux.files().duplicate(terminal, 3)));
        made.complete(session);
        return session;
    }

    /** Without {@code input} its standard input is empty. */
    private static CommandSession onPipes(
            Linux linux,
            EventLoop loop,
            ContainerRuntime runtime,
            RunningContainer container,
            ExecSpec spec,
            boolean input)
            throws IOException {
        EventCalls events = linux.events();
        FileCalls files = linux.files();
        try (Pipe in = events.pipe2(0);
                Fd nothing = files.openat(null, "/dev/null", Fcntl.O_RDONLY, 0);
                Pipe out = events.pipe2(0);
                Pipe err = events.pipe2(0)) {
            Fd childInput = input ? in.readEnd() : nothing;
            ExecProcess process = runtime.exec(
                    container, spec, new ExecStreams.Descriptors(childInput, out.writeEnd(), err.writeEnd()));
            return new CommandSession(
                    linux,
                    loop,
                    process,
                    new ReadyOutput(linux, loop, files.duplicate(in.writeEnd(), 3)),
                    List.of(files.duplicate(out.readEnd(), 3), files.duplicate(err.readEnd(), 3)));
        }
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public int run(OutputStream out, OutputStream err) {
        if (detached) {
            return DETACHED;
        }
        Thread copier = outputs.size() > 1 ? beside(outputs.get(1), err) : null;
        try {
            copy(outputs.get(0), out);
            if (copier != null) {
                copier.join();
            }
            return detached ? DETACHED : ended.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "the command goes on without its client", e);
        } catch (ExecutionException e) {
            throw new EngineException(Kind.FAILED, "cannot tell how the command ended: " + e.getMessage(), e);
        } finally {
            stopUnless(copier);
        }
    }

    /** A thread that still copies when the other one has failed has nobody to copy to. */
    private static void stopUnless(@Nullable Thread copier) {
        if (copier != null && copier.isAlive()) {
            copier.interrupt();
        }
    }

    private static Thread beside(Output output, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try {
                        copy(output, to);
                    } catch (EngineException | InterruptedException e) {
                        log.debug("the error output of a command is not copied any more", e);
                    }
                },
                "exec-stderr");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(Output output, OutputStream to) throws InterruptedException {
        try {
            output.input().copyTo(to);
        } catch (ErrnoException e) {
            throw new EngineException(Kind.FAILED, "cannot read the command's output: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EngineException(Kind.CANCELLED, "nobody reads the command's output any more", e);
        }
    }

    private void detach() {
        detached = true;
        outputs.forEach(output -> output.input().stop());
    }

    @Override
    public void resize(int rows, int columns) {
        try {
            process.resize(rows, columns);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot resize the terminal: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletableFuture<Integer> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        try {
            stdin.close();
        } catch (IOException e) {
            log.debug("cannot close the input of a command", e);
        }
        if (detached) {
            dropOutput();
        } else {
            outputs.forEach(output -> output.fd().close());
            process.terminal().ifPresent(Fd::close);
        }
        // Not before its end has been seen, which its descriptors tell of.
        ended.whenComplete((code, failure) -> process.close());
    }

    /** The command would wait for ever if nobody read what it writes, and a terminal without a master hangs up. */
    private void dropOutput() {
        for (Output output : outputs) {
            CheckOutput dropped = new CheckOutput(linux, loop, output.fd());
            ended.whenComplete((code, failure) -> loop.execute(dropped::close));
        }
    }
}
