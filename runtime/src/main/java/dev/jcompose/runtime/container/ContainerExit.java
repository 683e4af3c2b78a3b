package dev.jcompose.runtime.container;

import dev.jcompose.linux.ExitStatus;
import java.time.Instant;

/**
 * How a container ended.
 *
 * @param status of its first process. When the monitor was killed and nobody can know, {@link #UNKNOWN}
 * @param oomKilled whether the kernel killed a process of it for want of memory
 * @param at when
 */
public record ContainerExit(ExitStatus status, boolean oomKilled, Instant at) {

    /** 255, as Docker reports when it lost track of a container. */
    public static final ExitStatus UNKNOWN = new ExitStatus(255, 0);

    /** Of one that has ended without anybody knowing how. */
    public static ContainerExit lost(Instant at) {
        return new ContainerExit(UNKNOWN, false, at);
    }
}
