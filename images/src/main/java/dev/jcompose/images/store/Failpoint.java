package dev.jcompose.images.store;

/**
 * A place between two steps, where the process may be killed and no image may be damaged by it. Tests kill it there; in
 * production nothing happens.
 */
@FunctionalInterface
public interface Failpoint {
    /** The one that does nothing. */
    Failpoint NONE = place -> {};

    /** Says that the process has come to {@code place}. */
    void reached(String place);
}
