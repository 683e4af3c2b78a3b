package dev.jcompose.cli.world;

import java.util.List;
import java.util.function.Consumer;

/** Signals to the process. Actions run on a thread of their own and should be short. */
public interface Signals {

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
