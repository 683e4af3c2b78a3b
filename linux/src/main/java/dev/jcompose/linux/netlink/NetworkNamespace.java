package dev.jcompose.linux.netlink;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work in another network namespace, on a thread that is made for it and ends afterwards: a namespace belongs to a
 * thread, and none that is used again may ever be in a container's.
 */
public final class NetworkNamespace {

    /** What is done there; sockets that it opens stay in that namespace for good. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it, on a thread that is in the namespace. */
        T run() throws IOException;
    }

    private static final long STACK_BYTES = 256 * 1024;

    private final Linux linux;
    private final int pid;

    /** @param pid a process in the namespace; it must not be reaped before the work has begun */
    public NetworkNamespace(Linux linux, int pid) {
        this.linux = linux;
        this.pid = pid;
    }

    /**
     * Does the work there and waits for it.
     *
     * @throws ErrnoException {@code ESRCH} when there is no such process; what the work throws is thrown as it is
     */
    public <T> T call(Work<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> {
            try (Fd pidfd = linux.processes().pidfdOpen(pid)) {
                linux.processes().setns(pidfd, Sched.CLONE_NEWNET);
            }
            return work.run();
        });
        Thread thread = new Thread(null, task, "netns-" + pid, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in the network namespace of process " + pid, e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static IOException rethrown(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(failure);
    }
}
