package dev.jcompose.engine.server.http;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonFormatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an endpoint on a thread of the pool, answers for it when it fails, and can be interrupted from elsewhere. */
final class RequestTask implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(RequestTask.class);

    private final Exchange exchange;
    private final Endpoint endpoint;
    private final Finish finish;
    private @Nullable Thread thread;
    private boolean cancelled;

    /** Is told when the endpoint has returned; {@code complete} is false when its answer broke off. */
    @FunctionalInterface
    interface Finish {
        void finished(boolean complete);
    }

    RequestTask(Exchange exchange, Endpoint endpoint, Finish finish) {
        this.exchange = exchange;
        this.endpoint = endpoint;
        this.finish = finish;
    }

    @Override
    public void run() {
        boolean complete = false;
        if (begin()) {
            try {
                complete = handle();
            } finally {
                end();
            }
        }
        finish.finished(complete);
    }

    private synchronized boolean begin() {
        thread = Thread.currentThread();
        return !cancelled;
    }

    /** From here on nobody interrupts the thread on behalf of this request any more. */
    private synchronized void end() {
        thread = null;
        // The flag may have been set after the endpoint looked last; the thread goes back to the pool without it.
        boolean wasInterrupted = Thread.interrupted();
        if (wasInterrupted) {
            log.debug("a request was given up by its client");
        }
    }

    /** The client is gone: interrupts the endpoint. */
    synchronized void cancel() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private boolean handle() {
        try {
            endpoint.handle(exchange);
            if (!exchange.isAnswered()) {
                throw new IllegalStateException("the endpoint gave no answer");
            }
            return true;
        } catch (EngineException e) {
            return fail(ErrorAnswer.status(e.kind()), e.kind(), e);
        } catch (JsonFormatException | IllegalArgumentException e) {
            return fail(400, EngineException.Kind.INVALID, e);
        } catch (IOException e) {
            log.debug("a client went away: {}", e.toString());
            return false;
        } catch (RuntimeException | Error e) {
            log.error("a request failed", e);
            return fail(500, EngineException.Kind.FAILED, e);
        }
    }

    private boolean fail(int status, EngineException.Kind kind, Throwable e) {
        if (exchange.isAnswered()) {
            log.debug("an answer broke off", e);
            return false;
        }
        String message = e.getMessage();
        exchange.respond(status, ErrorAnswer.of(kind, message == null ? e.toString() : message));
        return true;
    }
}
