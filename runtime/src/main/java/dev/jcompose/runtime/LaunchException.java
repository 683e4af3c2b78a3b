package dev.jcompose.runtime;

import java.io.IOException;

/**
 * A container or a further process that could not be started. The message names the step that failed, with its
 * arguments and errno; nothing of the attempt is left.
 */
public final class LaunchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The command, or something else that it needs, is not there. */
    public static final int NOT_FOUND = 127;

    /** The command is there, but cannot be run, or not as whom it is to be run. */
    public static final int NOT_EXECUTABLE = 126;

    /** Anything else. */
    public static final int FAILED = 125;

    private final int exitCode;

    /** @param exitCode {@link #NOT_FOUND}, {@link #NOT_EXECUTABLE} or {@link #FAILED} */
    public LaunchException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Something failed before the launch program ran. */
    public LaunchException(String message, Throwable cause) {
        this(message, FAILED, cause);
    }

    /** As {@link #LaunchException(String, int)}, with its cause. */
    public LaunchException(String message, int exitCode, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The exit code that Docker reports for it: 125, 126 or 127. */
    public int exitCode() {
        return exitCode;
    }
}
