package dev.jcompose.images.store;

import dev.jcompose.images.task.Cancellation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** One lock per key, there only while somebody wants it: what two threads need is done by one, the other waits. */
public final class KeyedLocks<K> {
    private final Map<K, Entry> entries = new HashMap<>();

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** Something that is done while a lock is held. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does the work when nobody else does any for this key.
     *
     * @throws InterruptedIOException if the thread is interrupted while it waits
     */
    public <T> T with(K key, Work<T> work) throws IOException {
        Entry entry = enter(key);
        try {
            entry.lock.lockInterruptibly();
            try {
                return work.run();
            } finally {
                entry.lock.unlock();
            }
        } catch (InterruptedException e) {
            throw Cancellation.of(e);
        } finally {
            leave(key, entry);
        }
    }

    private synchronized Entry enter(K key) {
        Entry entry = entries.computeIfAbsent(key, any -> new Entry());
        entry.users++;
        return entry;
    }

    private synchronized void leave(K key, Entry entry) {
        if (--entry.users == 0) {
            entries.remove(key, entry);
        }
    }
}
