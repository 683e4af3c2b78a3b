package dev.jcompose.runtime.cgroup;

import java.io.IOException;
import java.util.List;

/**
 * The cgroup of one container. Holds no descriptors, so it need not be closed, and another engine can find it again by
 * its id. Thread-safe.
 */
public sealed interface ContainerCgroup permits V1Cgroup, V2Cgroup {

    /** How a process that is about to become part of the container gets in; cheap. */
    Placement placement();

    /**
     * Moves a process in, with all its threads. Takes 5 to 30 ms, see {@link Placement}: only for a process that cannot
     * move itself.
     */
    void add(int pid) throws IOException;

    /**
     * Stops all processes until {@link #resume}, and waits until they are.
     *
     * @throws CgroupException if they are not within some seconds; they go on then
     */
    void pause() throws IOException;

    /** Lets stopped processes go on; nothing happens when they run or are gone. */
    void resume() throws IOException;

    /** Whether it is paused. */
    boolean isPaused() throws IOException;

    /**
     * What the container uses now. Numbers that cannot be told are {@link CgroupStats#UNKNOWN}, also when it is gone.
     */
    CgroupStats stats() throws IOException;

    /** How often the kernel killed a process in it because memory was short; 0 when that cannot be told. */
    long oomKills() throws IOException;

    /** All processes in it and in the cgroups that they made below, in the engine's pid namespace. */
    List<Integer> pids() throws IOException;

    /** Kills all processes in it, also paused ones, and those that they are just starting. Does not wait. */
    void killAll() throws IOException;

    /**
     * Removes it, with the cgroups that the container made below; nothing happens when it is gone. Waits for a moment
     * for processes that are being reaped.
     *
     * @throws IOException if processes still run in it; the message names them
     */
    void remove() throws IOException;
}
