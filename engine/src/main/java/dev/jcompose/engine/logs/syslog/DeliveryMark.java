package dev.jcompose.engine.logs.syslog;

import dev.jcompose.engine.logs.LogPosition;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Up to where a container's log has been delivered, for the engine after this one. */
final class DeliveryMark {
    private static final Logger log = LoggerFactory.getLogger(DeliveryMark.class);

    private static final int VERSION = 1;

    private final StateFiles stateFiles;
    private final Path file;
    private @Nullable LogPosition last;

    /**
     * The form of the file.
     *
     * @param version of this form, {@value #VERSION}
     */
    private record Delivered(int version, long segment, long offset) {}

    DeliveryMark(StateFiles stateFiles, Path file) {
        this.stateFiles = stateFiles;
        this.file = file;
    }

    /** Where to go on; empty for the beginning. */
    Optional<LogPosition> find() {
        try {
            return stateFiles
                    .read(file, Delivered.class)
                    .map(delivered -> new LogPosition(delivered.segment(), delivered.offset()));
        } catch (StateException | IllegalArgumentException e) {
            log.warn("a log is delivered from its beginning: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Without it, some lines are delivered again after the engine was killed. */
    void set(LogPosition position) {
        if (position.equals(last) || !Files.isDirectory(file.resolveSibling(""))) {
            return;
        }
        try {
            stateFiles.write(file, new Delivered(VERSION, position.segment(), position.offset()), Durability.PROCESS);
            last = position;
        } catch (StateException e) {
            log.debug("{}", e.getMessage());
        }
    }
}
