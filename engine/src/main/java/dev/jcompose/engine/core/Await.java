package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.plan.PlanExecutor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns the end of a future into the end of an operation. */
final class Await {
    private Await() {}

    /**
     * Waits for the end of a plan.
     *
     * @throws EngineException with its failure; or when the calling thread is interrupted: then no further step begins,
     *     and this returns when those that had begun are done
     */
    static void done(PlanExecutor execution) {
        try {
            execution.done().get();
        } catch (InterruptedException e) {
            execution.cancel();
            execution.done().exceptionally(failure -> null).join();
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "cancelled", e);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /**
     * Waits for a future.
     *
     * @param timeoutSeconds null for no limit
     * @param late what to say when the time is over
     * @throws EngineException with the future's failure, or when the time is over or the calling thread is interrupted
     */
    static void done(CompletableFuture<Void> future, @Nullable Integer timeoutSeconds, String late) {
        try {
            if (timeoutSeconds == null) {
                future.get();
            } else {
                future.get(timeoutSeconds, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "cancelled", e);
        } catch (TimeoutException e) {
            throw new EngineException(Kind.FAILED, late, e);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /**
     * Waits until all are as they should be, for {@code --wait}.
     *
     * @param limitSeconds null for no limit
     */
    static void ready(List<CompletableFuture<Void>> services, @Nullable Integer limitSeconds) {
        done(
                CompletableFuture.allOf(services.toArray(CompletableFuture<?>[]::new)),
                limitSeconds,
                "application not healthy after " + limitSeconds + "s");
    }

    private static EngineException failed(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof EngineException known
                ? known
                : new EngineException(Kind.FAILED, StepPerformer.message(cause), cause);
    }
}
