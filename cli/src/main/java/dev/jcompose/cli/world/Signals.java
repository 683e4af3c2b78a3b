package dev.jcompose.cli.world;

import java.util.List;
import java.util.function.Consumer;

/** Signals to the process. Actions run on a thread of their own and should be short. */
public interface Signals {

    /** For a process that has none of its own, or is not to be told. */
    Signals NONE = new Signals() {
        @Override
        public Registration onInterrupt(Runnable action) {
            return () -> {};
        }

        @Override
        public Registration onSignal(List<String> names, Consumer<String> action) {
            return () -> {};
        }

        @Override
        public Registration onResize(Runnable action) {
            return () -> {};
        }
    };

    /** Calls an action each time that the user interrupts (SIGINT) or somebody terminates (SIGTERM) the command. */
    Registration onInterrupt(Runnable action);

    /**
     * Calls an action with the name of each signal that comes.
     *
     * @param names without {@code SIG}; those that cannot be handled here are left out
     */
    Registration onSignal(List<String> names, Consumer<String> action);

    /** Calls an action each time that the terminal has a new size (SIGWINCH). */
    Registration onResize(Runnable action);
}
