package dev.jcompose.runtime;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Work that goes on beside the caller's. */
final class Concurrent<T> {
    private final FutureTask<T> task;

    private Concurrent(Callable<T> work) {
        task = new FutureTask<>(work);
    }

    static <T> Concurrent<T> begin(Executor executor, Callable<T> work) {
        Concurrent<T> concurrent = new Concurrent<>(work);
        executor.execute(concurrent.task);
        return concurrent;
    }

    /**
     * Waits for the result, also when interrupted: what was made must be known to be undone.
     *
     * @throws IOException that of the work, as unchecked exceptions are
     */
    T get() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
