package dev.jcompose.cli.watch;

/** Watching cannot begin, or go on; the message is one line for the user. */
public final class WatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    WatchException(String message) {
        this("", message);
    }

    /** @param path in the project of what it is about, {@code services.web.develop.watch[0]} */
    WatchException(String path, String message) {
        super(message);
        this.path = path;
    }

    /** Where in the project that is which cannot work; empty if it is not there. */
    public String path() {
        return path;
    }
}
