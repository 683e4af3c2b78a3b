package dev.jcompose.engine.core;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.Container.Snapshot;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.exec.DetachKeys;
import dev.jcompose.engine.lifecycle.LiveContainer;
import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.engine.logs.LogLine;
import dev.jcompose.engine.logs.LogPosition;
import dev.jcompose.engine.logs.LogQuery;
import dev.jcompose.engine.logs.LogReader;
import dev.jcompose.engine.logs.LogSignal;
import dev.jcompose.engine.logs.LogStream;
import dev.jcompose.runtime.stdio.WindowSize;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client at a container's own streams. Output comes by way of the log, where it is at once: so any number of clients
 * sees all of it, and none holds the container up.
 */
final class AttachedClient implements AttachSession {
    private static final Logger log = LoggerFactory.getLogger(AttachedClient.class);

    private final EngineParts parts;
    private final Container container;
    private final AttachRequest request;
    private final ContainerLog containerLog;
    private final @Nullable LogPosition from;
    private final @Nullable Instant lastStart;
    private final OutputStream stdin;
    private final Semaphore more = new Semaphore(0);
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final AtomicBoolean present = new AtomicBoolean(true);
    private volatile boolean detached;

    /** Begins to listen: what is written from now on will be copied. */
    AttachedClient(EngineParts parts, Container container, AttachRequest request) throws IOException {
        this.parts = parts;
        this.container = container;
        this.request = request;
        this.containerLog = parts.logs().of(container);
        this.from = request.since() == null ? containerLog.end() : null;
        ContainerStatus status = container.status();
        this.lastStart = status.isAlive() ? null : status.startedAt();
        this.stdin = request.stdin() ? input() : OutputStream.nullOutputStream();
        container.clients().enter();
    }

    private OutputStream input() {
        ContainerInput input = new ContainerInput(parts, container);
        return terminal() ? DetachKeys.parse(request.detachKeys()).watch(input, this::detach) : input;
    }

    @Override
    public boolean terminal() {
        return container.service().tty();
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public int run(OutputStream stdout, OutputStream stderr) {
        try {
            Snapshot begun = container.when(this::hasBegun).get();
            if (begun.status().error().isEmpty()) {
                copy(stdout, stderr);
            }
            if (detached) {
                return DETACHED;
            }
            int code = container
                    .when(now -> !now.status().isAlive())
                    .get()
                    .status()
                    .exitCode();
            ended.complete(code);
            leave();
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "the container goes on without its client", e);
        } catch (ExecutionException e) {
            throw new EngineException(Kind.FAILED, "cannot wait for " + container + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot read what " + container + " writes: " + e.getMessage(), e);
        }
    }

    /** It runs, or has run since, or could not be started. */
    private boolean hasBegun(Snapshot now) {
        ContainerStatus status = now.status();
        return status.isAlive()
                || !Objects.equals(status.startedAt(), lastStart)
                || !status.error().isEmpty();
    }

    private void copy(OutputStream stdout, OutputStream stderr) throws IOException, InterruptedException {
        LogSignal signal = containerLog.signal();
        try (LogSignal.Subscription subscription = signal.subscribe(more::release);
                LogReader reader = containerLog.read(LogQuery.ALL.withFrom(from).withTimes(request.since(), null))) {
            while (!detached) {
                // In this order: what is written after the look is told of again.
                boolean last = signal.isEnded();
                copy(reader, stdout, stderr);
                if (last) {
                    return;
                }
                more.acquire();
                more.drainPermits();
            }
        }
    }

    private static void copy(LogReader reader, OutputStream stdout, OutputStream stderr) throws IOException {
        for (LogLine line = reader.next(); line != null; line = reader.next()) {
            write(line, stdout, stderr);
        }
        // A prompt is no line, and wanted all the same.
        for (LogLine begun : reader.rest()) {
            write(begun, stdout, stderr);
        }
        try {
            stdout.flush();
            stderr.flush();
        } catch (IOException e) {
            throw clientGone(e);
        }
    }

    private static void write(LogLine line, OutputStream stdout, OutputStream stderr) {
        byte[] bytes = new byte[line.text().remaining() + (line.partial() ? 0 : 1)];
        line.text().duplicate().get(bytes, 0, line.text().remaining());
        if (!line.partial()) {
            bytes[bytes.length - 1] = '\n';
        }
        try {
            (line.stream() == LogStream.STDERR ? stderr : stdout).write(bytes);
        } catch (IOException e) {
            throw clientGone(e);
        }
    }

    private static EngineException clientGone(IOException e) {
        return new EngineException(Kind.CANCELLED, "nobody reads the container's output any more", e);
    }

    private void detach() {
        detached = true;
        more.release();
        parts.supervisor().tell(container, Event.Action.DETACHED, Map.of());
    }

    @Override
    public void resize(int rows, int columns) {
        resize(parts, container, rows, columns);
    }

    /** Gives a container's terminal a size, now or for its next start. */
    static void resize(EngineParts parts, Container container, int rows, int columns) {
        if (!container.service().tty()) {
            throw new EngineException(Kind.CONFLICT, "container " + container + " has no terminal");
        }
        try {
            WindowSize size = new WindowSize(rows, columns);
            container.terminalSize(size);
            LiveContainer live = parts.supervisor().live(container).orElse(null);
            if (live != null) {
                live.running().resizeTerminal(size);
            }
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new EngineException(
                    Kind.FAILED, "cannot resize the terminal of " + container + ": " + e.getMessage(), e);
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
            log.debug("cannot close the input of {}", container, e);
        }
        // A client that has gone without a word: for a command of its own that is the end of its terminal.
        if (request.stdin() && container.config().run() != null && terminal() && !detached && !ended.isDone()) {
            parts.supervisor().live(container).ifPresent(this::hangUp);
        }
        leave();
    }

    /** Nothing more is read. */
    private void leave() {
        if (present.getAndSet(false)) {
            container.clients().leave();
        }
    }

    private void hangUp(LiveContainer live) {
        try {
            live.running().hangUp();
        } catch (IOException e) {
            log.debug("cannot hang up the terminal of {}", container, e);
        }
    }
}
