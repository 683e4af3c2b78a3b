package dev.jcompose.engine.lifecycle;

/**
 * A place between two steps, where the engine may be killed and nothing may go wrong by it. Tests kill it there; in
 * production nothing happens, and it costs nothing.
 */
@FunctionalInterface
public interface Failpoint {
    /** The one that does nothing. */
    Failpoint NONE = place -> {};

    /** Says that the engine has come to {@code place}. */
    void reached(String place);
}
