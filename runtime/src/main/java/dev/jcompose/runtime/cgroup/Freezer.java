package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import java.io.IOException;
import java.time.Duration;

/**
 * Stops the processes of a cgroup and lets them go on, by what is written to one of its files.
 *
 * @param file {@code freezer.state} or {@code cgroup.freeze}
 * @param frozen what stops them
 * @param thawed what lets them go on
 */
record Freezer(CgroupDirectory cgroup, String file, String frozen, String thawed) {
    private static final Duration ATTEMPT = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;

    /**
     * Stops them, and waits until they are.
     *
     * <p>In version 1, a process that was being made at that moment keeps the others in {@code FREEZING} until it is
     * asked for again, and now and then until they have run for a moment.
     *
     * @param isFrozen whether all of them are
     * @throws IOException if they do not stop; they go on then
     */
    void freeze(Polling.Condition isFrozen) throws IOException {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (Polling.until(ATTEMPT, () -> isFrozenWhenAsked(isFrozen))) {
                    return;
                }
                thaw();
            }
        } catch (IOException e) {
            thawAfter(e);
            throw e;
        }
        throw new CgroupException("processes of cgroup %s did not freeze within %d seconds"
                .formatted(cgroup.path(), ATTEMPTS * ATTEMPT.toSeconds()));
    }

    private boolean isFrozenWhenAsked(Polling.Condition isFrozen) throws IOException {
        begin();
        return isFrozen.holds();
    }

    private void thawAfter(IOException failure) {
        try {
            thaw();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Tells them to stop, and does not wait. */
    void begin() throws ErrnoException {
        cgroup.write(file, frozen);
    }

    /** Lets them go on; nothing happens when the cgroup is gone. */
    void thaw() throws ErrnoException {
        try {
            cgroup.write(file, thawed);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENODEV)) {
                throw e;
            }
        }
    }
}
