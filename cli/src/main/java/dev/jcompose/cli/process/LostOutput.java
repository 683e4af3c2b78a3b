package dev.jcompose.cli.process;

import java.io.IOException;
import java.util.Optional;

/**
 * Output of a command that could not be written.
 *
 * @param cause what the kernel said
 */
public record LostOutput(IOException cause) {
    private static final int FAILED = 1;
    /** 128 + SIGPIPE, as of any process whose output nobody reads. */
    private static final int NOBODY_READS = 141;

    /** Whether it went into a pipe whose reader has gone, which is no failure: {@code head} has seen enough. */
    public boolean isUnread() {
        return String.valueOf(cause.getMessage()).contains("Broken pipe");
    }

    /** What a command ends with whose standard output is lost. */
    public int exitCode() {
        return isUnread() ? NOBODY_READS : FAILED;
    }

    /** What to say of it on standard error, if it is a failure. */
    public Optional<String> complaint() {
        return isUnread() ? Optional.empty() : Optional.of("write to standard output: " + cause.getMessage());
    }
}
