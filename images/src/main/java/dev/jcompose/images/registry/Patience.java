package dev.jcompose.images.registry;

import dev.jcompose.images.task.Cancellation;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long servers are waited for, and how often something is tried again.
 *
 * @param attempts in all, at least 1; those without any progress count
 * @param first pause before the second attempt; each further one is twice as long
 * @param longest no pause is longer; a server that asks for more is not waited for
 * @param answer until a server begins to answer
 * @param stall until more of an answer that has begun comes
 */
public record Patience(int attempts, Duration first, Duration longest, Duration answer, Duration stall) {
    /** Six attempts within about 16 seconds; a server may ask for up to a minute. */
    public static final Patience DEFAULT = new Patience(
            6, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofSeconds(60));

    /**
     * The pause after a failed attempt.
     *
     * @param attempt the first is 1
     */
    public Duration pause(int attempt) {
        long millis = Math.min(first.toMillis() << Math.min(attempt - 1, 16), longest.toMillis());
        // Clients that failed together are not to come back together.
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** Waits. */
    public static void sleep(Duration pause) throws InterruptedIOException {
        try {
            if (new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            throw Cancellation.of(e);
        }
    }
}
