package dev.jcompose.engine.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whoever wants to talk to a container's own command.
 *
 * @param container id or name; one that does not run yet is waited for
 * @param stdin whether the caller will send input
 * @param since begin with what it has written since then, {@link Instant#EPOCH} for all; null for what it writes from
 *     now on
 * @param detachKeys what ends the session when it is typed to the container's terminal, as {@code ctrl-p,ctrl-q}; empty
 *     for these
 */
public record AttachRequest(
        String container, boolean stdin, @Nullable Instant since, String detachKeys) {}
