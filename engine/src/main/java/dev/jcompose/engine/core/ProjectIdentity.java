package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.ContainerTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A project is its name and its directory: containers of another directory's project of that name are not ours. */
final class ProjectIdentity {
    private final ContainerTable table;

    ProjectIdentity(ContainerTable table) {
        this.table = table;
    }

    /**
     * Makes sure that the containers of that name are this project's. A directory that is gone was moved or was only
     * there for a while: then they are.
     *
     * @param directory null when the user gave only the name, and means whatever has it
     * @throws EngineException naming the other directory
     */
    void check(String project, @Nullable Path directory) {
        if (directory == null) {
            return;
        }
        table.ofProject(project).stream()
                .map(container -> container.project().workingDirectory())
                .filter(other -> !other.equals(directory) && Files.isDirectory(other))
                .findFirst()
                .ifPresent(other -> {
                    throw new EngineException(
                            Kind.CONFLICT,
                            "project name \"" + project + "\" is in use by the project in " + other
                                    + ": choose another with -p or name:, or take that one down first: cd " + other
                                    + " && jcompose -p " + project + " down");
                });
    }
}
