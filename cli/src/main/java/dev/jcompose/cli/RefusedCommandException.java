package dev.jcompose.cli;

/** The command is not to be run here. */
public final class RefusedCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code why}: for those who debug. */
    public RefusedCommandException(String why) {
        super(why);
    }
}
