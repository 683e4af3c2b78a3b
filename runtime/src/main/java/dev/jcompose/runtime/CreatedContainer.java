package dev.jcompose.runtime;

import dev.jcompose.runtime.container.ContainerProcess;

/** A container that waits at the gate. End it with {@link #start} or {@link #abort}. */
public final class CreatedContainer {

    CreatedContainer() {}

    /** The container's first process, in the engine's pid namespace; {@code /proc/pid/ns/net} is its network. */
    public int pid() {
        throw new UnsupportedOperationException();
    }

    /** What to write down, so that another engine finds the container again. */
    public ContainerProcess process() {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the gate; returns when execve(2) of the container's command succeeded.
     *
     * @throws LaunchException naming the step that failed; everything is undone then
     */
    public RunningContainer start() throws LaunchException {
        throw new UnsupportedOperationException();
    }

    /** Kills the container before it began, and undoes everything. */
    public void abort() {
        throw new UnsupportedOperationException();
    }
}
