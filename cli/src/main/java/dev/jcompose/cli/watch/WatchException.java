package dev.jcompose.cli.watch;

/** Watching cannot begin, or go on; the message is one line for the user. */
public final class WatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WatchException(String message) {
        super(message);
    }
}
