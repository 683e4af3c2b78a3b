package dev.jcompose.engine.doctor;

import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.home.BuildId;
import dev.jcompose.engine.home.EngineDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The engine of this user, and what it has left. */
final class EngineCheck {
    private final EngineDirectories directories;
    private final Optional<EngineVersion> running;

    EngineCheck(EngineDirectories directories, Optional<EngineVersion> running) {
        this.directories = directories;
        this.running = running;
    }

    void report(Findings findings) throws IOException {
        if (running.isEmpty()) {
            findings.ok("process", "none runs; the first command that needs it starts it");
        } else if (running.get().buildId().equals(BuildId.current())) {
            findings.ok(
                    "process",
                    "version %s, pid %d"
                            .formatted(running.get().version(), running.get().pid()));
        } else {
            findings.warning(
                    "process",
                    "pid %d is of another build of jcompose"
                            .formatted(running.get().pid()),
                    "the next command that needs it replaces it; containers run on");
        }
        List<Path> containers = children("containers");
        findings.ok("containers", containers.size() + " recorded in " + directories.data());
        List<Path> damaged = children("quarantine");
        if (!damaged.isEmpty()) {
            findings.warning(
                    "damaged files",
                    damaged.size() + " containers' in " + directories.data().resolve("quarantine"),
                    "look at them, copy what you need out of them, and remove them; jcompose up makes new containers");
        }
    }

    private List<Path> children(String name) throws IOException {
        Path directory = directories.data().resolve(name);
        if (!Files.isReadable(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
