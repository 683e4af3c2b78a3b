package dev.jcompose.linux.epoll;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Calls a handler on its one thread whenever a descriptor is ready (level-triggered). Handlers must not block, and must
 * not throw: what one throws goes to the thread's uncaught-exception handler, and the loop goes on.
 *
 * <p>{@link #register}, {@link #execute} and {@link #close} may be called from any thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
public final class EventLoop implements AutoCloseable {
    private static final int EVENTS = 64;
    private static final long WAKE_UP = 0;

    private final EventCalls calls;
    private final Linux linux;
    private final Fd epoll;
    private final Fd wakeUp;
    private final Map<Long, Registration> registrations = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicLong nextId = new AtomicLong(WAKE_UP + 1);
    private final Thread thread;
    private volatile boolean closed;

    /** Starts the loop on a daemon thread of that name. */
    public EventLoop(Linux linux, String name) throws ErrnoException {
        this.linux = linux;
        this.calls = linux.events();
        this.epoll = calls.epollCreate();
        this.wakeUp = calls.eventfd();
        calls.epollControl(epoll, EventCalls.EPOLL_CTL_ADD, wakeUp, EventCalls.EPOLLIN, WAKE_UP);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A watched descriptor. Closing it ends the watch; it does not close the descriptor. */
    public final class Registration implements AutoCloseable {
        private final long id;
        private final Fd fd;
        private final IntConsumer onReady;

        private Registration(long id, Fd fd, IntConsumer onReady) {
            this.id = id;
            this.fd = fd;
            this.onReady = onReady;
        }

        /**
         * Ends the watch, before the descriptor is closed. On the loop's thread no call follows; elsewhere one may be
         * under way.
         */
        @Override
        public void close() {
            if (registrations.remove(id) == null || closed) {
                return;
            }
            try {
                calls.epollControl(epoll, EventCalls.EPOLL_CTL_DEL, fd, 0, id);
            } catch (ErrnoException e) {
                throw new IllegalStateException("descriptor was closed before its registration", e);
            }
        }
    }

    /**
     * Begins to watch {@code fd}, which must stay open until the registration is closed.
     *
     * @param events bitwise or of {@code EPOLL*}
     * @param onReady given the events that came, on the loop's thread
     */
    public Registration register(Fd fd, int events, IntConsumer onReady) throws ErrnoException {
        Registration registration = new Registration(nextId.getAndIncrement(), fd, onReady);
        registrations.put(registration.id, registration);
        try {
            calls.epollControl(epoll, EventCalls.EPOLL_CTL_ADD, fd, events, registration.id);
        } catch (ErrnoException e) {
            registrations.remove(registration.id);
            throw e;
        }
        return registration;
    }

    /** Runs a task on the loop's thread soon. */
    public void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    /**
     * Ends the loop and waits for its thread; registered descriptors stay open. Not to be called on the loop's thread.
     */
    @Override
    public void close() {
        closed = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        epoll.close();
        wakeUp.close();
    }

    private void wake() {
        try {
            linux.files()
                    .writeFully(
                            wakeUp,
                            ByteBuffer.allocate(Long.BYTES)
                                    .order(ByteOrder.nativeOrder())
                                    .putLong(1)
                                    .array());
        } catch (ErrnoException e) {
            // A full counter wakes the loop as well.
            if (!e.is(Errno.EAGAIN)) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void run() {
        ByteBuffer events =
                ByteBuffer.allocateDirect(EVENTS * EventCalls.eventBytes()).order(ByteOrder.nativeOrder());
        ByteBuffer counter = ByteBuffer.allocateDirect(Long.BYTES);
        while (!closed) {
            try {
                int count = calls.epollWait(epoll, events, -1);
                for (int i = 0; i < count; i++) {
                    long id = EventCalls.eventData(events, i);
                    if (id == WAKE_UP) {
                        linux.files().read(wakeUp, counter.clear());
                    } else {
                        dispatch(id, EventCalls.eventMask(events, i));
                    }
                }
            } catch (ErrnoException e) {
                throw new IllegalStateException(e);
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                guarded(task);
            }
        }
    }

    private void dispatch(long id, int mask) {
        Registration registration = registrations.get(id);
        if (registration != null) {
            guarded(() -> registration.onReady.accept(mask));
        }
    }

    private static void guarded(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
