package dev.jcompose.engine.doctor;

/**
 * What came of looking at one thing.
 *
 * @param topic for example {@code kernel}
 * @param subject for example {@code overlay file system}
 * @param found how it is
 * @param remedy what to do about it; empty where there is nothing to do
 */
public record Finding(String topic, String subject, Verdict verdict, String found, String remedy) {

    /** How good that is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** Most works; something that some need does not. */
        WARNING,
        /** Containers cannot run. */
        FAILURE,
        /** It could not be found out, mostly for lack of rights. */
        UNKNOWN
    }
}
