package dev.jcompose.cli.session;

/** A command that cannot do what it was asked for; the message is one line for the user. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }
}
