package dev.jcompose.engine.api;

import dev.jcompose.engine.api.EngineException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something: a project is its name and its directory. Containers of another directory's project of that
 * name are not its own.
 *
 * @param directory null when the user gave only the name, and means whatever has it
 */
public record ProjectIdentity(String name, @Nullable Path directory) {

    /**
     * Makes sure that containers of that name are this project's. A directory that is gone was moved or was only there
     * for a while: then they are.
     *
     * @param directories of the projects that the containers were made for
     * @throws EngineException of kind CONFLICT naming the other directory
     */
    public void check(Stream<Path> directories) {
        if (directory == null) {
            return;
        }
        directories
                .filter(other -> !other.equals(directory) && Files.isDirectory(other))
                .findFirst()
                .ifPresent(other -> {
                    throw new EngineException(
                            Kind.CONFLICT,
                            "project name \"" + name + "\" is in use by the project in " + other
                                    + ": choose another with -p or name:, or take that one down first: cd " + other
                                    + " && jcompose -p " + name + " down");
                });
    }
}
