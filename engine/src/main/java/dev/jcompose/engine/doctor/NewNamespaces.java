package dev.jcompose.engine.doctor;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Sched;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Tries something out on a thread of its own, in new namespaces that end with it. */
final class NewNamespaces {
    private NewNamespaces() {}

    /** What is tried. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * Does it and waits for it; a new mount namespace passes nothing on to the machine's.
     *
     * @param flags {@code CLONE_NEW*}
     */
    static void run(Linux linux, int flags, Work work) throws IOException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            linux.processes().unshare(flags);
            if ((flags & Sched.CLONE_NEWNS) != 0) {
                linux.mounts().mount(null, "/", null, Mount.MS_REC | Mount.MS_PRIVATE, null);
            }
            work.run();
            return null;
        });
        Thread thread = new Thread(task, "doctor");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
