package dev.jcompose.runtime;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Work that goes on beside the caller's.
 *
 * @param <T> what it makes
 */
public final class Concurrent<T> implements AutoCloseable {
    private final FutureTask<T> task;

    /** Work that {@link #begin} begins. */
    public Concurrent(Callable<T> work) {
        task = new FutureTask<>(work);
    }

    /** Begins both on one thread, the first one first: to wake another thread takes longer than short work does. */
    static void begin(Executor executor, Concurrent<?> first, Concurrent<?> second) {
        executor.execute(() -> {
            first.task.run();
            second.task.run();
        });
    }

    /** What is to be done with a result. */
    @FunctionalInterface
    public interface Use<T, E extends Exception> {
        void of(T result) throws E;
    }

    /** Begins the work; returns this. */
    public Concurrent<T> begin(Executor executor) {
        executor.execute(task);
        return this;
    }

    /**
     * Waits for the result, also when interrupted: what was made must be known to be undone.
     *
     * @throws IOException that of the work, as unchecked exceptions are
     */
    public T get() throws IOException {
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

    /** Does something with what the work has made; with nothing if it failed, which {@link #get} has told. */
    public <E extends Exception> void ifMade(Use<T, E> use) throws E {
        T made;
        try {
            made = get();
        } catch (IOException | RuntimeException e) {
            return;
        }
        use.of(made);
    }

    /** Waits until the work has ended. */
    @Override
    public void close() {
        try {
            get();
        } catch (IOException | RuntimeException e) {
            // Whoever wants to know asks for the result.
        }
    }
}
