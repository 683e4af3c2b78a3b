package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.Events;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One operation that changes a project at a time; a second one waits. */
final class ProjectLocks {
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Gives the project back. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for the project, and says so where that is necessary.
     *
     * @throws EngineException when interrupted meanwhile
     */
    Held take(String project, Events events) {
        return take(
                project,
                () -> events.warning(
                        "another command works on project \"" + project + "\": this one goes on when that has ended"));
    }

    /**
     * Waits for the project.
     *
     * @throws EngineException when interrupted meanwhile
     */
    Held take(String project) {
        return take(project, () -> {});
    }

    private Held take(String project, Runnable waits) {
        ReentrantLock lock = locks.computeIfAbsent(project, name -> new ReentrantLock());
        try {
            if (!lock.tryLock()) {
                waits.run();
                lock.lockInterruptibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "cancelled while another command works on " + project, e);
        }
        return () -> {
            lock.unlock();
            listeners.forEach(listener -> listener.accept(project));
        };
    }

    /** Whether an operation changes the project now. */
    boolean isBusy(String project) {
        ReentrantLock lock = locks.get(project);
        return lock != null && lock.isLocked();
    }

    /** Calls {@code listener} with a project's name after each operation on it, until the result is closed. */
    EventBus.Subscription whenFree(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
