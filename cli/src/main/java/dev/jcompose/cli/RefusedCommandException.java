package dev.jcompose.cli;

/** The command is not to be run here. */
public final class RefusedCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedCommandException(String command) {
        super("\"%s\" is not run here".formatted(command));
    }
}
