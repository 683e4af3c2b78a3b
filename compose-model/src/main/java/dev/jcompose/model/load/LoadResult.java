package dev.jcompose.model.load;

import dev.jcompose.model.Project;
import dev.jcompose.model.node.Immutable;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.write.NestedExtensions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A loaded project.
 *
 * @param project the project
 * @param warnings what is dubious or has no effect, in file order
 * @param environment the project environment: the caller's variables over those of {@code .env}
 * @param extensions {@code x-*} keys inside of attributes, which the project does not have
 * @param files all files that were looked at, or for, but for the search for default names: as long as they stay as
 *     they are, the same request gives the same result; null if there are others that nobody has noted
 */
public record LoadResult(
        Project project,
        List<Problem> warnings,
        Map<String, String> environment,
        NestedExtensions extensions,
        @Nullable Set<Path> files) {

    public LoadResult {
        warnings = Immutable.list(warnings);
        environment = Immutable.map(environment);
        files = files == null ? null : Immutable.set(files);
    }

    /** The same with the project changed. */
    public LoadResult with(Project changed) {
        return new LoadResult(changed, warnings, environment, extensions, files);
    }
}
