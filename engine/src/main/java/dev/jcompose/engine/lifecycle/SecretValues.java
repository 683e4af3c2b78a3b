package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.state.TextFile;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectReader;
import dev.jcompose.model.write.ProjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Hands the values of secrets that came from environment variables to a later engine, without writing them to a disk:
 * they are in the container's run directory if that is in memory, as {@code /run} is, and otherwise nowhere.
 */
final class SecretValues {
    private SecretValues() {}

    /** Keeps those of {@code project}, if it has any. */
    static void keep(ContainerFiles files, Project project) throws IOException {
        boolean has = project.secrets().values().stream().anyMatch(secret -> secret.content() != null)
                || project.configs().values().stream().anyMatch(config -> config.environment() != null);
        if (!has) {
            return;
        }
        Files.createDirectories(files.run());
        if (Files.getFileStore(files.run()).type().equals("tmpfs")) {
            Path file = Files.createFile(
                    files.values(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            TextFile.write(file, ProjectWriter.toJson(project));
        }
    }

    /** The project that was kept; empty if it has no such values, or they are gone. */
    static Optional<Project> find(ContainerFiles files) throws IOException {
        try {
            return Optional.of(ProjectReader.fromJson(Files.readString(files.values())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
