package dev.jcompose.linux.netlink;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace that is held open, and work in it: on a thread that is made for it and ends afterwards, since a
 * namespace belongs to a thread, and none that is used again may ever be in a container's.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/namespaces.7.html">namespaces(7), /proc/pid/ns</a>
 */
public final class NetworkNamespace implements AutoCloseable {

    /** What is done there; sockets that it opens stay in that namespace for good. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it, on a thread that is in the namespace. */
        T run() throws IOException;
    }

    private static final long STACK_BYTES = 256 * 1024;

    private final Linux linux;
    private final Fd descriptor;

    /** @param descriptor of the namespace; closed with this */
    public NetworkNamespace(Linux linux, Fd descriptor) {
        this.linux = linux;
        this.descriptor = descriptor;
    }

    /**
     * That of a process, which must not be reaped before the return.
     *
     * @throws ErrnoException {@code ENOENT} when there is no such process
     */
    public static NetworkNamespace ofProcess(Linux linux, int pid) throws ErrnoException {
        return new NetworkNamespace(linux, linux.files().openat(null, "/proc/" + pid + "/ns/net", Fcntl.O_RDONLY, 0));
    }

    /** For setns(2) and {@code IFLA_NET_NS_FD}. */
    public Fd descriptor() {
        return descriptor;
    }

    /** Does the work there and waits for it; what it throws is thrown as it is. */
    public <T> T call(Work<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> {
            linux.processes().setns(descriptor, Sched.CLONE_NEWNET);
            return work.run();
        });
        Thread thread = new Thread(null, task, "netns", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in a network namespace", e);
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

    /** Lets go of it: it ends when no process is in it any more, and nobody else holds it. */
    @Override
    public void close() {
        descriptor.close();
    }
}
