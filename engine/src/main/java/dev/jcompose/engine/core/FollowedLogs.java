package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogEntry.Source;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.engine.logs.LogMerge;
import dev.jcompose.engine.logs.LogPosition;
import dev.jcompose.engine.logs.LogQuery;
import dev.jcompose.engine.logs.LogSignal;
import dev.jcompose.engine.logs.LogStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a project's containers while somebody reads them: those that are there, and when following, those that
 * start later, through all restarts.
 */
final class FollowedLogs implements AutoCloseable {
    private static final byte[] NOT_KEPT =
            "keeps no log: its logging driver is \"none\"".getBytes(StandardCharsets.UTF_8);

    private final ContainerTable table;
    private final ContainerLogs logs;
    private final LogsRequest request;
    private final BooleanSupplier busy;
    private final LogMerge merge = new LogMerge();
    private final Semaphore more = new Semaphore(0);
    private final Queue<LogEntry> words = new ConcurrentLinkedQueue<>();
    private final Map<String, Followed> byId = new HashMap<>();

    /** One container. Its signal is ours: it goes on over restarts, where that of the log ends. */
    private static final class Followed {
        private final LogSignal signal = new LogSignal();
        private LogSignal.@Nullable Subscription subscription;
        private @Nullable LogPosition endedAt;
    }

    /** While it is {@code busy} more containers may start. */
    FollowedLogs(ContainerTable table, ContainerLogs logs, LogsRequest request, BooleanSupplier busy) {
        this.busy = busy;
        this.table = table;
        this.logs = logs;
        this.request = request;
        merge.onMore(more::release);
    }

    /** Adds the containers that are there. */
    synchronized void begin() throws IOException {
        for (Container container : table.ofProject(request.project())) {
            if (isWanted(container) && !byId.containsKey(container.config().id())) {
                addKnown(container);
                if (hasJustEnded(container)) {
                    say(container, Objects.requireNonNull(container.status().finishedAt()));
                }
            }
        }
    }

    /** One that was too quick for who asked for its lines before it began. */
    private boolean hasJustEnded(Container container) {
        Instant end = container.status().finishedAt();
        return request.follow()
                && request.since() != null
                && container.status().state() == ContainerState.EXITED
                && end != null
                && !end.isBefore(request.since());
    }

    private boolean isWanted(Container container) {
        boolean service = request.services().isEmpty()
                || request.services().contains(container.config().service());
        return service
                && (request.index() == null
                        || request.index() == container.config().number());
    }

    private LogQuery query() {
        return LogQuery.ALL
                .withTimes(request.since(), request.until())
                .withTail(request.tail() == null ? -1 : request.tail());
    }

    private void addKnown(Container container) throws IOException {
        ContainerLog log = logs.of(container);
        if (log.isKept()) {
            add(container, query());
            return;
        }
        Instant since = request.since();
        if (!request.follow() || since == null) {
            words.add(new LogEntry(
                    shortName(container.config().name()),
                    Source.ENGINE,
                    container.config().createdAt(),
                    NOT_KEPT));
        }
        if (request.follow()) {
            Instant start = container.status().startedAt();
            // Of one that was started while somebody waited for its output, that begins with the start.
            boolean whole = since != null && start != null && !start.isBefore(since);
            add(container, whole ? query() : query().withFrom(log.end()));
        }
    }

    private void add(Container container, LogQuery query) throws IOException {
        Followed followed = new Followed();
        byId.put(container.config().id(), followed);
        ContainerLog log = logs.of(container);
        boolean goesOn = request.follow() && goesOn(container);
        if (goesOn) {
            followed.subscription = log.signal().subscribe(followed.signal::changed);
        }
        merge.add(container.config().name(), log.read(query), followed.signal);
        if (!goesOn || !goesOn(container)) {
            end(followed, log);
        }
    }

    private static boolean goesOn(Container container) {
        ContainerStatus status = container.status();
        return status.isAlive() || status.state() == ContainerState.RESTARTING;
    }

    private static void end(Followed followed, ContainerLog log) throws IOException {
        if (followed.subscription != null) {
            followed.subscription.close();
        }
        LogPosition end = log.end();
        followed.endedAt = end;
        followed.signal.end(end);
    }

    /** Something happened in the engine: a container of ours may have started or ended. */
    void happened(Event event) {
        if (!request.follow()
                || event.resource() != Event.Resource.CONTAINER
                || !event.project().equals(request.project())) {
            return;
        }
        if (event.action().equals(Event.Action.HOOK)) {
            table.all().stream()
                    .filter(container -> container.config().id().equals(event.id()) && isWanted(container))
                    .forEach(container -> hook(container, event));
            return;
        }
        boolean started = event.action().equals(Event.Action.STARTED);
        boolean exited =
                event.action().equals(Event.Action.EXITED) && event.attributes().containsKey("exitCode");
        if (started || exited) {
            table.all().stream()
                    .filter(container -> container.config().id().equals(event.id()) && isWanted(container))
                    .forEach(container -> changed(container, exited, event.time()));
        }
    }

    private synchronized void changed(Container container, boolean exited, Instant time) {
        Followed known = byId.get(container.config().id());
        ContainerLog log = logs.of(container);
        try {
            if (exited) {
                if (known != null && known.endedAt == null) {
                    say(container, time);
                    if (!goesOn(container)) {
                        end(known, log);
                    }
                }
            } else if (known == null) {
                add(container, LogQuery.ALL);
            } else if (known.endedAt != null) {
                add(container, LogQuery.ALL.withFrom(known.endedAt));
            } else {
                known.subscription = log.signal().subscribe(known.signal::changed);
                known.signal.changed();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        more.release();
    }

    private void hook(Container container, Event event) {
        words.add(new LogEntry(
                shortName(container.config().name()) + " ->",
                Source.STDOUT,
                event.time(),
                event.detail().getBytes(StandardCharsets.UTF_8)));
        more.release();
    }

    private void say(Container container, Instant time) {
        String restarting = goesOn(container) ? " (restarting)" : "";
        String oom = container.status().oomKilled() ? " (killed for want of memory)" : "";
        String text = "exited with code " + container.status().exitCode() + oom + restarting;
        words.add(new LogEntry(
                shortName(container.config().name()), Source.ENGINE, time, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Copies until everything has been read, and when following, until all containers have ended. */
    void copyTo(LogListener listener) throws IOException, InterruptedException {
        while (true) {
            LogMerge.Entry entry = merge.next();
            if (entry != null) {
                listener.on(line(entry));
                continue;
            }
            for (LogEntry word = words.poll(); word != null; word = words.poll()) {
                listener.on(word);
            }
            if (merge.isDone() && words.isEmpty() && !(request.follow() && (busy.getAsBoolean() || anyGoesOn()))) {
                return;
            }
            more.acquire();
            more.drainPermits();
        }
    }

    /** Has it looked again whether everything has ended. */
    void look() {
        more.release();
    }

    private boolean anyGoesOn() {
        return table.ofProject(request.project()).stream().anyMatch(c -> isWanted(c) && goesOn(c));
    }

    private LogEntry line(LogMerge.Entry entry) {
        ByteBuffer text = entry.line().text();
        byte[] bytes = new byte[text.remaining()];
        text.get(text.position(), bytes);
        Source source = entry.line().stream() == LogStream.STDERR ? Source.STDERR : Source.STDOUT;
        return new LogEntry(shortName(entry.source()), source, entry.line().time(), bytes);
    }

    private String shortName(String container) {
        int prefix = request.project().length() + 1;
        boolean hasPrefix =
                container.startsWith(request.project() + "-") || container.startsWith(request.project() + "_");
        return hasPrefix ? container.substring(prefix) : container;
    }

    @Override
    public synchronized void close() throws IOException {
        for (Followed followed : byId.values()) {
            if (followed.subscription != null) {
                followed.subscription.close();
            }
        }
        merge.close();
    }
}
