package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns the end of a future into the end of an operation. */
final class Await {
    private Await() {}

    /**
     * Waits for the future.
     *
     * @param timeoutSeconds null for no limit
     * @param late what to say when the time is over
     * @throws EngineException with the future's failure, or when the calling thread is interrupted: then the future is
     *     cancelled
     */
    static void done(CompletableFuture<Void> future, @Nullable Integer timeoutSeconds, String late) {
        try {
            if (timeoutSeconds == null) {
                future.get();
            } else {
                future.get(timeoutSeconds, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "cancelled", e);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new EngineException(Kind.FAILED, late, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof EngineException known) {
                throw known;
            }
            throw new EngineException(Kind.FAILED, StepPerformer.message(cause), cause);
        }
    }
}
