package dev.jcompose.engine.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The two directories that belong to an engine. Each pair is an engine of its own, which knows nothing of others.
 *
 * @param data survives a reboot: images, volumes, containers, logs. {@code JCOMPOSE_DATA_DIR}, else
 *     {@code /var/lib/jcompose} for root and {@code $XDG_DATA_HOME/jcompose} for others
 * @param run gone after a reboot: socket, lock, FIFOs. {@code JCOMPOSE_RUN_DIR}, else {@code /run/jcompose} for root
 *     and {@code $XDG_RUNTIME_DIR/jcompose} for others
 */
public record EngineDirectories(Path data, Path run) {

    public EngineDirectories {
        data = data.toAbsolutePath().normalize();
        run = run.toAbsolutePath().normalize();
    }

    /**
     * The directories of the user whose environment this is.
     *
     * @param root whether that user is root
     */
    public static EngineDirectories of(Map<String, String> environment, boolean root) {
        String home = environment.getOrDefault("HOME", "/");
        Path data = root
                ? Path.of("/var/lib/jcompose")
                : Path.of(environment.getOrDefault("XDG_DATA_HOME", home + "/.local/share"), "jcompose");
        Path run = root
                ? Path.of("/run/jcompose")
                : Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", home + "/.cache"), "jcompose");
        return new EngineDirectories(
                Path.of(environment.getOrDefault("JCOMPOSE_DATA_DIR", data.toString())),
                Path.of(environment.getOrDefault("JCOMPOSE_RUN_DIR", run.toString())));
    }

    /** Makes both where they are missing, for their owner alone. */
    public void create() throws IOException {
        for (Path directory : List.of(run, data)) {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        }
    }

    /** The unix socket that the API is served on, mode 0600. */
    public Path socket() {
        return run.resolve("engine.sock");
    }

    /** Held by the one engine of these directories for as long as it lives. */
    public Path lock() {
        return run.resolve("engine.lock");
    }

    /** What the engine itself has to say. */
    public Path log() {
        return data.resolve("engine.log");
    }
}
