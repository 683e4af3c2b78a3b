package dev.jcompose.engine.logs.syslog;

import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.engine.logs.LogLine;
import dev.jcompose.engine.logs.LogQuery;
import dev.jcompose.engine.logs.LogReader;
import dev.jcompose.engine.logs.LogSignal;
import dev.jcompose.engine.logs.LogStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One container whose lines are delivered. All but {@link #follow} is for the lane's thread. */
final class SyslogSource {
    /** A longer line goes in parts, as Docker's do: more than a datagram or a server's buffer may not take. */
    static final int MAX_TEXT_BYTES = 16 * 1024;
    /** After so many lines it is another container's turn. */
    private static final int LINES_PER_TURN = 1000;

    private static final int INFO = 6;
    private static final int ERROR = 3;
    private static final int LEVELS = 8;

    private final String container;
    private final ContainerLog log;
    private final SyslogPlan plan;
    private final String tag;
    private final SyslogSender sender;
    private final DeliveryMark mark;
    private final Runnable wake;
    private LogSignal signal;
    private LogSignal.@Nullable Subscription subscription;
    private @Nullable LogReader reader;

    /** Whoever gets the messages. */
    interface SyslogSender {
        /** Sends one; false when it is given up because the engine ends. */
        boolean send(ByteBuffer message);

        /** The name of this host. */
        String host();
    }

    SyslogSource(
            String container,
            ContainerLog log,
            SyslogPlan plan,
            String tag,
            DeliveryMark mark,
            SyslogSender sender,
            Runnable wake) {
        this.container = container;
        this.log = log;
        this.plan = plan;
        this.tag = tag;
        this.mark = mark;
        this.sender = sender;
        this.wake = wake;
        this.signal = log.signal();
    }

    String container() {
        return container;
    }

    /** The container has begun to write. */
    synchronized void follow() {
        if (subscription != null) {
            subscription.close();
        }
        signal = log.signal();
        subscription = signal.subscribe(wake);
    }

    private synchronized LogSignal signal() {
        return signal;
    }

    /**
     * Delivers what is there.
     *
     * @return whether there may be more at once
     */
    boolean deliver() throws IOException {
        LogReader open = reader();
        for (int i = 0; i < LINES_PER_TURN; i++) {
            LogLine line = open.next();
            if (line == null) {
                open.boundary().ifPresent(mark::set);
                return false;
            }
            if (!deliver(line)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the container has ended and everything has been delivered. To be asked before {@link #deliver}. */
    boolean isEnded() {
        return signal().isEnded();
    }

    /** Delivers what has no end of its line either, and closes. */
    void finish() throws IOException {
        LogReader open = reader();
        for (LogLine rest : open.rest()) {
            deliver(rest);
        }
        mark.set(open.position());
        close();
    }

    void close() throws IOException {
        synchronized (this) {
            if (subscription != null) {
                subscription.close();
                subscription = null;
            }
        }
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private LogReader reader() throws IOException {
        LogReader open = reader;
        if (open == null) {
            open = log.read(LogQuery.ALL.withFrom(mark.find().orElse(null)));
            reader = open;
        }
        return open;
    }

    private boolean deliver(LogLine line) {
        int level = line.stream() == LogStream.STDERR ? ERROR : INFO;
        byte[] header = plan.format()
                .header(
                        plan.facility() * LEVELS + level,
                        line.time(),
                        ZoneId.systemDefault(),
                        sender.host(),
                        tag,
                        ProcessHandle.current().pid())
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer text = line.text().duplicate();
        do {
            int count = Math.min(text.remaining(), MAX_TEXT_BYTES);
            int length = header.length + count + 1;
            byte[] begin = plan.isCounted() ? (length + " ").getBytes(StandardCharsets.UTF_8) : new byte[0];
            ByteBuffer message = ByteBuffer.allocate(begin.length + length);
            message.put(begin)
                    .put(header)
                    .put(text.slice(text.position(), count))
                    .put((byte) '\n')
                    .flip();
            text.position(text.position() + count);
            if (!sender.send(message)) {
                return false;
            }
        } while (text.hasRemaining());
        return true;
    }
}
