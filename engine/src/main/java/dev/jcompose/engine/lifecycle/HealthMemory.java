package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.exec.CheckRun;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import dev.jcompose.engine.supervise.HealthStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the health of running containers, where the next engine finds it; gone with the run itself. */
public final class HealthMemory {
    private static final Logger log = LoggerFactory.getLogger(HealthMemory.class);

    private final StateFiles stateFiles;

    public HealthMemory(StateFiles stateFiles) {
        this.stateFiles = stateFiles;
    }

    /**
     * The form of {@link ContainerFiles#health}.
     *
     * @param version of this form, {@value #VERSION}
     * @param startedAt the start that it belongs to
     * @param failuresInARow that counted
     * @param results of the last checks, the oldest first
     */
    record Known(
            int version, Instant startedAt, HealthStatus status, int failuresInARow, List<CheckRun.Result> results) {
        static final int VERSION = 1;
    }

    /** What another engine knew of this run of the container; empty when there was none, or nobody can say. */
    Optional<Known> find(Container container, @Nullable Instant startedAt) {
        try {
            return stateFiles
                    .read(container.files().health(), Known.class)
                    .filter(known -> known.version() == Known.VERSION && Objects.equals(known.startedAt(), startedAt));
        } catch (StateException e) {
            log.warn("the health of {} is found out anew: {}", container, e.getMessage());
            return Optional.empty();
        }
    }

    /** Writes it down; without it, the next engine finds it out anew. */
    void keep(Container container, Known known) {
        try {
            stateFiles.write(container.files().health(), known, Durability.PROCESS);
        } catch (StateException e) {
            log.debug("{}", e.getMessage());
        }
    }
}
