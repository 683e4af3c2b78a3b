package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** One operation that changes a project at a time; a second one waits. */
final class ProjectLocks {
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Gives the project back. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for the project.
     *
     * @throws EngineException when interrupted meanwhile
     */
    Held take(String project) {
        ReentrantLock lock = locks.computeIfAbsent(project, name -> new ReentrantLock());
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "cancelled while another command works on " + project, e);
        }
        return lock::unlock;
    }
}
