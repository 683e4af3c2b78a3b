package dev.jcompose.engine.logs.syslog;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to one server: a thread, a connection, and the containers whose lines go there. */
final class SyslogLane implements SyslogSource.SyslogSender, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SyslogLane.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Linux linux;
    private final SyslogServer server;
    private final String host;
    private final Consumer<String> warnings;
    private final List<SyslogSource> sources = new CopyOnWriteArrayList<>();
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable SyslogConnection connection;
    private boolean away;

    SyslogLane(Linux linux, SyslogServer server, String host, Consumer<String> warnings) {
        this.linux = linux;
        this.server = server;
        this.host = host;
        this.warnings = warnings;
        this.thread = new Thread(this::run, "syslog " + server.address());
        thread.setDaemon(true);
        thread.start();
    }

    private @Nullable SyslogSource find(String container) {
        return sources.stream()
                .filter(source -> source.container().equals(container))
                .findFirst()
                .orElse(null);
    }

    /** There is something to do. */
    void wake() {
        work.release();
    }

    private void run() {
        try {
            while (!isClosed()) {
                work.acquire();
                work.drainPermits();
                for (SyslogSource source : sources) {
                    turn(source);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void turn(SyslogSource source) {
        try {
            // In this order: what is written after the look is told of again.
            boolean ended = source.isEnded();
            if (source.deliver()) {
                wake();
            } else if (ended && !isClosed()) {
                finish(source);
            }
        } catch (IOException | RuntimeException e) {
            sources.remove(source);
            log.warn("the log of container {} is not delivered any further: {}", source.container(), e.getMessage());
        }
    }

    private void finish(SyslogSource source) throws IOException {
        synchronized (sources) {
            // It may have been started again since.
            if (source.isEnded()) {
                sources.remove(source);
                source.finish();
            }
        }
    }

    /** A container begins to write again, or for the first time: the source that it has already, or a new one. */
    void begin(String container, Supplier<SyslogSource> fresh) {
        synchronized (sources) {
            SyslogSource known = find(container);
            SyslogSource source = known == null ? fresh.get() : known;
            source.follow();
            if (known == null) {
                sources.add(source);
            }
        }
        wake();
    }

    @Override
    public boolean send(ByteBuffer message) {
        Duration pause = FIRST_PAUSE;
        while (!isClosed()) {
            try {
                message.rewind();
                connect().send(message);
                if (away) {
                    away = false;
                    log.info("syslog at {} takes lines again", server.address());
                }
                return true;
            } catch (IOException e) {
                disconnect();
                missed(e);
                await(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
        }
        return false;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void await(Duration pause) {
        try {
            boolean ignored = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    private void missed(IOException e) {
        if (!away && !isClosed()) {
            away = true;
            String why = "syslog at " + server.address() + " does not take log lines: " + e.getMessage()
                    + "; they are kept, and sent when it does";
            log.warn(why);
            warnings.accept(why);
        }
    }

    @Override
    public String host() {
        return host;
    }

    private SyslogConnection connect() throws IOException {
        SyslogConnection open = connection;
        if (open == null) {
            open = SyslogConnection.open(linux, server);
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            log.debug("cannot close the connection to {}", server.address(), e);
        }
        connection = null;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
