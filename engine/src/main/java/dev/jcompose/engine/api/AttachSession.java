package dev.jcompose.engine.api;

/** A client at a container's own standard streams. Ends when the container does. */
public interface AttachSession extends ExecSession {

    /** Whether the streams are a terminal. */
    boolean terminal();
}
