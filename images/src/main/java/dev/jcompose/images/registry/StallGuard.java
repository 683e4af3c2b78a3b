package dev.jcompose.images.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends downloads that come to a stand: the HTTP client itself waits for the rest of a body for ever. */
final class StallGuard {
    private final Duration limit;
    private final Set<Guarded> open = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledThreadPoolExecutor clock;
    private @Nullable ScheduledFuture<?> ticking;

    StallGuard(Duration limit) {
        this.limit = limit;
    }

    /** The stream, whose reads fail after the limit. */
    InputStream guard(InputStream body) {
        Guarded guarded = new Guarded(body);
        synchronized (this) {
            open.add(guarded);
            if (clock == null) {
                clock = new ScheduledThreadPoolExecutor(1, task -> {
                    Thread thread = new Thread(task, "stall-guard");
                    thread.setDaemon(true);
                    return thread;
                });
                long period = Math.max(1, limit.toMillis() / 4);
                ticking = clock.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
            }
        }
        return guarded;
    }

    private void look() {
        long now = System.nanoTime();
        open.forEach(guarded -> guarded.look(now));
    }

    private synchronized void forget(Guarded guarded) {
        open.remove(guarded);
        if (open.isEmpty() && clock != null && ticking != null) {
            ticking.cancel(false);
            clock.shutdown();
            clock = null;
        }
    }

    private final class Guarded extends FilterInputStream {
        private volatile long since = System.nanoTime();
        private volatile boolean reading;
        private volatile boolean stalled;

        Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            since = System.nanoTime();
            reading = true;
            try {
                int read = in.read(buffer, offset, count);
                if (stalled) {
                    throw new SocketTimeoutException("nothing came for " + limit.toSeconds() + " seconds");
                }
                return read;
            } catch (IOException e) {
                if (stalled && !(e instanceof SocketTimeoutException)) {
                    throw new IOException("nothing came for " + limit.toSeconds() + " seconds", e);
                }
                throw e;
            } finally {
                reading = false;
            }
        }

        void look(long now) {
            if (reading && now - since > limit.toNanos()) {
                stalled = true;
                try {
                    in.close();
                } catch (IOException e) {
                    // It is given up anyway; the reader hears of it.
                }
            }
        }

        @Override
        public void close() throws IOException {
            forget(this);
            super.close();
        }
    }
}
