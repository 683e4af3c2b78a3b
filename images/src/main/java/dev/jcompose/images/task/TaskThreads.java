package dev.jcompose.images.task;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A few threads for one piece of work. What is given to them first begins first. */
public final class TaskThreads implements Executor, AutoCloseable {
    private final ExecutorService threads;

    /**
     * Starts none until there is something to do.
     *
     * @param name of each
     * @param most at least 1
     */
    public TaskThreads(String name, int most) {
        threads = Executors.newFixedThreadPool(most, task -> new Thread(task, name));
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Has something done; see {@link #result}. */
    public <T> Future<T> submit(Callable<T> task) {
        return threads.submit(task);
    }

    /**
     * Waits for a result.
     *
     * @throws IOException what the task threw
     */
    public static <T> T result(Future<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw Cancellation.of(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(String.valueOf(e.getCause()), e);
        }
    }

    /** Interrupts what is being done; returns when no thread is at work any more. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
