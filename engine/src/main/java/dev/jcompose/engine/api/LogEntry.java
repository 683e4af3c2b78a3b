package dev.jcompose.engine.api;

import java.time.Instant;

/**
 * One line of a container's output, or a word of the engine about it.
 *
 * @param container its name without the project: {@code db-1}
 * @param source who speaks
 * @param text without the line's end, as the container wrote it; not always valid UTF-8. Compared by identity, as
 *     arrays are
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a terminal: copied nowhere, compared never
public record LogEntry(String container, Source source, Instant time, byte[] text) {

    /** Who speaks. */
    public enum Source {
        STDOUT,
        STDERR,
        /** The engine: {@code exited with code 0}. */
        ENGINE
    }
}
