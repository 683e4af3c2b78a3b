package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps {@link Memberships} beside a container's configuration; most containers have none. */
public final class MembershipFiles {
    private static final Logger log = LoggerFactory.getLogger(MembershipFiles.class);

    private final StateFiles stateFiles;

    public MembershipFiles(StateFiles stateFiles) {
        this.stateFiles = stateFiles;
    }

    Memberships of(Container container) {
        Path file = file(container);
        if (!Files.exists(file)) {
            return Memberships.NONE;
        }
        try {
            return stateFiles.read(file, Memberships.class).orElse(Memberships.NONE);
        } catch (StateException e) {
            log.warn("{}; {} is on the networks of its service", e.getMessage(), container);
            return Memberships.NONE;
        }
    }

    void write(Container container, Memberships memberships) {
        stateFiles.write(file(container), memberships, Durability.POWER_FAILURE);
    }

    private static Path file(Container container) {
        return container.files().data().resolve("networks.json");
    }
}
