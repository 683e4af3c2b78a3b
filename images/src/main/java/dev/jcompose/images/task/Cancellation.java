package dev.jcompose.images.task;

import java.io.InterruptedIOException;

/** What an interrupt means to those who read and write: somebody does not want the result any more. */
public final class Cancellation {
    private Cancellation() {}

    /** The exception to throw; the thread stays interrupted. */
    public static InterruptedIOException of(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException canceled = new InterruptedIOException("canceled");
        canceled.initCause(e);
        return canceled;
    }
}
