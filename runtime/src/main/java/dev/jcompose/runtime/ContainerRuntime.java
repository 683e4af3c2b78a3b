package dev.jcompose.runtime;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Spawner;
import dev.jcompose.runtime.cgroup.Cgroups;
import dev.jcompose.runtime.container.ContainerProcess;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.exec.ExecStreams;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Creates containers and finds them again. Keeps nothing about them in memory or on disk but what is in their run
 * directories: the kernel and the caller's state are the truth. Thread-safe; needs root. All methods may block for some
 * milliseconds.
 */
public final class ContainerRuntime {

    /** {@code spawner} must be over {@code linux}'s kernel. */
    public ContainerRuntime(Linux linux, Spawner spawner, Cgroups cgroups) {}

    /**
     * Creates a container up to the gate: when this returns, its process is known, has namespaces of its own and is in
     * its cgroup; it goes on to build its root file system and waits for {@link CreatedContainer#start}.
     */
    public CreatedContainer create(ContainerSpec spec) throws LaunchException {
        throw new UnsupportedOperationException();
    }

    /**
     * Finds a container that this or another engine started. It may have ended meanwhile: then {@link
     * RunningContainer#exit} says how.
     */
    public RunningContainer find(ContainerProcess process, String id, Path runDirectory) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Runs a further process in a container; returns when its execve(2) succeeded. */
    public ExecProcess exec(RunningContainer container, ExecSpec spec, ExecStreams streams) throws LaunchException {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes what is left of a container: kills its processes, removes its cgroup and what the runtime made in the run
     * directory. Works from disk and kernel alone, also after a crash in the middle of {@link #create}; nothing happens
     * when nothing is left.
     */
    public void delete(String id, Path runDirectory) throws IOException {
        throw new UnsupportedOperationException();
    }
}
