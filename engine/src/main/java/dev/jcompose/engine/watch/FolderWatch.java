package dev.jcompose.engine.watch;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.InotifyCalls;
import dev.jcompose.linux.InotifyCalls.InotifyEvent;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Setting;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Files and folders that are watched: who waits is given what has changed, a burst of changes at a time. */
public final class FolderWatch implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Path LIMITS = Path.of("/proc/sys/fs/inotify");

    private final Linux linux;
    private final Fd inotify;
    private final EventLoop loop;
    private final WatchedTree tree;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Set<Path> changed = new LinkedHashSet<>();
    private long firstNanos;
    private long lastNanos;
    private @Nullable IOException failure;

    private FolderWatch(Linux linux, Fd inotify, Collection<Path> paths, Predicate<Path> skipped) throws IOException {
        this.linux = linux;
        this.inotify = inotify;
        tree = new WatchedTree(linux, inotify, paths, skipped, this::changed);
        tree.begin();
        loop = new EventLoop(linux, "watch");
        loop.register(inotify, EventCalls.EPOLLIN, events -> read());
    }

    /**
     * Begins to watch, files or folders with everything in them; what is not there yet is watched from when it is.
     *
     * @param paths absolute, without symbolic links
     * @param skipped folders into which nobody needs to look; asked on threads of its own
     * @throws IOException saying which limit of the system is too low, or what cannot be read
     */
    public static FolderWatch open(Collection<Path> paths, Predicate<Path> skipped) throws IOException {
        return open(Linux.load(), paths, skipped);
    }

    static FolderWatch open(Linux linux, Collection<Path> paths, Predicate<Path> skipped) throws IOException {
        Fd inotify;
        try {
            inotify = linux.inotify().init();
        } catch (ErrnoException e) {
            throw explained(e);
        }
        try {
            return new FolderWatch(linux, inotify, paths, skipped);
        } catch (ErrnoException e) {
            inotify.close();
            throw explained(e);
        } catch (IOException | RuntimeException e) {
            inotify.close();
            throw e;
        }
    }

    /**
     * Waits until something has changed, and then until nothing has for a while.
     *
     * @param quiet how long nothing may change
     * @param most how long to wait at most when changes do not end
     * @return what was made, changed or removed; of a removed folder only the folder
     * @throws IOException when the files can be watched no longer
     */
    public Set<Path> await(Duration quiet, Duration most) throws InterruptedException, IOException {
        lock.lockInterruptibly();
        try {
            while (changed.isEmpty() && failure == null) {
                news.await();
            }
            for (long left = left(quiet, most); left > 0 && failure == null; left = left(quiet, most)) {
                long ignored = news.awaitNanos(left);
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            Set<Path> batch = changed;
            changed = new LinkedHashSet<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private long left(Duration quiet, Duration most) {
        long now = System.nanoTime();
        return Math.min(lastNanos + quiet.toNanos() - now, firstNanos + most.toNanos() - now);
    }

    private void changed(Path path) {
        lock.lock();
        try {
            lastNanos = System.nanoTime();
            if (changed.isEmpty()) {
                firstNanos = lastNanos;
            }
            changed.add(path);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            int count = linux.files().read(inotify, buffer.clear());
            if (count > 0) {
                for (InotifyEvent event : InotifyCalls.events(buffer)) {
                    tree.on(event);
                }
            }
        } catch (IOException e) {
            fail(e instanceof ErrnoException errno ? explained(errno) : e);
        }
    }

    private void fail(IOException e) {
        lock.lock();
        try {
            failure = e;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static IOException explained(ErrnoException e) {
        if (e.is(Errno.ENOSPC)) {
            return limit("max_user_watches", "more folders than may be watched", e);
        }
        return e.is(Errno.EMFILE) ? limit("max_user_instances", "too many programs watch files", e) : e;
    }

    private static IOException limit(String name, String problem, ErrnoException e) {
        String value;
        try {
            value = Setting.read(LIMITS.resolve(name));
        } catch (IOException unreadable) {
            value = "unknown";
        }
        return new IOException(
                "%s: fs.inotify.%s is %s; leave folders out with \"ignore\", or raise it with sysctl: %s"
                        .formatted(problem, name, value, e.getMessage()),
                e);
    }

    /** Occupies the thread that takes in events; for tests that let the kernel's queue run over. */
    void inLoop(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void close() {
        loop.close();
        inotify.close();
    }
}
