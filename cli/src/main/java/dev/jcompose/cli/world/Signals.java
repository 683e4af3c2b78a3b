package dev.jcompose.cli.world;

/** Signals to the process. Actions run on a thread of their own and should be short. */
public interface Signals {

    /** Calls an action each time that the user interrupts (SIGINT) or somebody terminates (SIGTERM) the command. */
    Registration onInterrupt(Runnable action);

    /** Calls an action each time that the terminal has a new size (SIGWINCH). */
    Registration onResize(Runnable action);
}
