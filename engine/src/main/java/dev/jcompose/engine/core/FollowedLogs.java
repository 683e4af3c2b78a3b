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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a project's containers while somebody reads them: those that are there, and when following, those that
 * start later, through all restarts.
 */
final class FollowedLogs implements AutoCloseable {
    private static final byte[] NOT_KEPT =
            "keeps no log: its logging driver is \"none\"".getBytes(StandardCharsets.UTF_8);

    private final ContainerTable table;
    private final Function<Container, ContainerLog> logs;
    private final LogsRequest request;
    private final BooleanSupplier busy;
    private final LogMerge merge = new LogMerge();
    private final Semaphore more = new Semaphore(0);
    private final Queue<LogEntry> words = new ConcurrentLinkedQueue<>();
    private final Map<String, Followed> byId = new HashMap<>();
    /** Of a log that should be followed from some event on: for the reader, not for who told of the event. */
    private volatile @Nullable IOException failure;

    /** One container. Its signal is ours: it goes on over restarts, where that of the log ends. */
    private static final class Followed {
        private final Container container;
        private final LogSignal signal = new LogSignal();
        private LogSignal.@Nullable Subscription subscription;
        private @Nullable LogPosition endedAt;
        /** The last end that is told of: of each once, whether the event or the follower was there first. */
        private @Nullable Instant toldEnd;

        Followed(Container container) {
            this.container = container;
        }

        boolean isTold() {
            return Objects.equals(toldEnd, container.status().finishedAt());
        }
    }

    /** While it is {@code busy} more containers may start. */
    FollowedLogs(
            ContainerTable table, Function<Container, ContainerLog> logs, LogsRequest request, BooleanSupplier busy) {
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
                // Looked at once: of an end after this look an event tells.
                ContainerStatus status = container.status();
                Followed followed = add(container, firstQuery(container), goesOn(status));
                if (hasJustEnded(status)) {
                    say(container, Objects.requireNonNull(status.finishedAt()));
                }
                followed.toldEnd = status.finishedAt();
            }
        }
    }

    /** One that was too quick for who asked for its lines before it began. */
    private boolean hasJustEnded(ContainerStatus status) {
        Instant end = status.finishedAt();
        return request.follow()
                && request.since() != null
                && status.state() == ContainerState.EXITED
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

    /** For what was written before it is followed. */
    private LogQuery firstQuery(Container container) throws IOException {
        ContainerLog log = logs.apply(container);
        if (log.isKept()) {
            return query();
        }
        Instant since = request.since();
        if (!request.follow() || since == null) {
            words.add(new LogEntry(
                    shortName(container.config().name()),
                    Source.ENGINE,
                    container.config().createdAt(),
                    NOT_KEPT));
        }
        Instant start = container.status().startedAt();
        // Of one that was started while somebody waited for its output, that begins with the start.
        boolean whole = request.follow() && since != null && start != null && !start.isBefore(since);
        return whole ? query() : query().withFrom(log.end());
    }

    private Followed add(Container container, LogQuery query, boolean goesOn) throws IOException {
        Followed followed = new Followed(container);
        byId.put(container.config().id(), followed);
        if (request.follow() && goesOn) {
            listen(followed);
        }
        merge.add(container.config().name(), logs.apply(container).read(query), followed.signal);
        if (!request.follow() || !goesOn) {
            end(followed);
        }
        return followed;
    }

    /** A log has another signal for each run of its container. */
    private void listen(Followed followed) {
        if (followed.subscription != null) {
            followed.subscription.close();
        }
        followed.subscription = logs.apply(followed.container).signal().subscribe(followed.signal::changed);
    }

    private static boolean goesOn(ContainerStatus status) {
        return status.isAlive() || status.state() == ContainerState.RESTARTING;
    }

    private void end(Followed followed) throws IOException {
        if (followed.subscription != null) {
            followed.subscription.close();
        }
        LogPosition end = logs.apply(followed.container).end();
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
        table.byId(event.id()).filter(this::isWanted).ifPresent(container -> {
            switch (event.action()) {
                case Event.Action.HOOK -> hook(container, event);
                case Event.Action.STARTED -> changed(container, false, event.time());
                case Event.Action.EXITED -> changed(container, true, event.time());
                default -> {
                    // What else happens to it says nothing about its output.
                }
            }
        });
    }

    /** A container that ends at once may do so before its start is told of. */
    private synchronized void changed(Container container, boolean exited, Instant time) {
        try {
            Followed followed = followed(container);
            if (exited && !followed.isTold()) {
                say(container, time);
                followed.toldEnd = container.status().finishedAt();
            }
            endIfOver(followed);
        } catch (IOException e) {
            failure = e;
        }
        more.release();
    }

    /** A container that is followed now, from its beginning or from where it ended before. */
    private Followed followed(Container container) throws IOException {
        Followed known = byId.get(container.config().id());
        if (known == null) {
            return add(container, LogQuery.ALL, true);
        }
        if (known.endedAt == null) {
            listen(known);
            known.signal.changed();
            return known;
        }
        Followed again = add(container, LogQuery.ALL.withFrom(known.endedAt), true);
        again.toldEnd = known.toldEnd;
        return again;
    }

    private void endIfOver(Followed followed) throws IOException {
        if (followed.endedAt == null && !goesOn(followed.container.status()) && followed.isTold()) {
            end(followed);
        }
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
        String restarting = goesOn(container.status()) ? " (restarting)" : "";
        String oom = container.status().oomKilled() ? " (killed for want of memory)" : "";
        String text = "exited with code " + container.status().exitCode() + oom + restarting;
        words.add(new LogEntry(
                shortName(container.config().name()), Source.ENGINE, time, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Copies until everything has been read, and when following, until all containers have ended. */
    void copyTo(LogListener listener) throws IOException, InterruptedException {
        while (true) {
            IOException failed = failure;
            if (failed != null) {
                throw failed;
            }
            // In this order: what a container has written stands before what is said of its end.
            LogEntry word = words.peek();
            LogMerge.Entry entry = merge.next();
            if (entry != null) {
                listener.on(line(entry));
            } else if (word != null) {
                listener.on(words.remove());
            } else if (isOver()) {
                return;
            } else {
                more.acquire();
                more.drainPermits();
            }
        }
    }

    private boolean isOver() {
        boolean moreToCome = request.follow() && (busy.getAsBoolean() || anyGoesOn());
        return !moreToCome && merge.isDone() && words.isEmpty();
    }

    /** Has it looked again whether everything has ended: of the end of a pause before a restart no event tells. */
    synchronized void look() {
        try {
            for (Followed followed : byId.values()) {
                endIfOver(followed);
            }
        } catch (IOException e) {
            failure = e;
        }
        more.release();
    }

    private boolean anyGoesOn() {
        return table.ofProject(request.project()).stream().anyMatch(c -> isWanted(c) && goesOn(c.status()));
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
