package dev.jcompose.runtime.container;

import java.nio.file.Path;

/** Which system calls a container may make. */
public sealed interface SeccompMode {

    /** The built-in profile: Docker's, with {@code ENOSYS} for calls that are newer than it. */
    record Default() implements SeccompMode {}

    /** No filter. */
    record Unconfined() implements SeccompMode {}

    /**
     * A profile of the user's in Docker's JSON form.
     *
     * @param file absolute path on the host
     */
    record Profile(Path file) implements SeccompMode {}
}
