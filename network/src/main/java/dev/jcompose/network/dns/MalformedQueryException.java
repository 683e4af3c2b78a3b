package dev.jcompose.network.dns;

/** A message that is no well-formed query. Without a stack trace: anybody in a container can make many of them. */
final class MalformedQueryException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedQueryException(String message) {
        super(message, null, false, false);
    }
}
