package dev.jcompose.model.load;

import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;

/** Loads Compose files into a project. Stateless; safe for use by several threads. */
public final class ComposeLoader {

    /**
     * Loads a project.
     *
     * @throws ComposeFileException with all problems found, each with its place
     */
    public LoadResult load(LoadRequest request) {
        throw new ComposeFileException(Problem.of(SourceLocation.NONE, "", "no configuration file provided: not found"));
    }
}
