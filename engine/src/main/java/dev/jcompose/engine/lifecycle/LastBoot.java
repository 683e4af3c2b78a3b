package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which start of the machine the last engine ran in: so the next one knows whether there was another since. */
final class LastBoot {
    private static final Logger log = LoggerFactory.getLogger(LastBoot.class);

    private static final int VERSION = 1;

    private final Path file;
    private final StateFiles stateFiles;

    /**
     * The form of the file.
     *
     * @param version of this form, {@value #VERSION}
     * @param bootId of the kernel, from {@code /proc/sys/kernel/random/boot_id}
     */
    private record Boot(int version, String bootId) {}

    LastBoot(EngineDirectories directories, StateFiles stateFiles) {
        this.file = directories.data().resolve("boot.json");
        this.stateFiles = stateFiles;
    }

    /** The boot's id; empty when no engine has run yet, or nobody can say. */
    Optional<String> read() {
        try {
            return stateFiles.read(file, Boot.class).map(Boot::bootId);
        } catch (StateException e) {
            log.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Writes this one down; without it, what was stopped by hand stays so after the next reboot. */
    void write(String bootId) {
        if (read().filter(bootId::equals).isPresent()) {
            return;
        }
        try {
            stateFiles.write(file, new Boot(VERSION, bootId), Durability.PROCESS);
        } catch (StateException e) {
            log.warn("{}", e.getMessage());
        }
    }
}
