package dev.jcompose.model.load;

import dev.jcompose.model.Project;
import dev.jcompose.model.node.Immutable;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.write.NestedExtensions;
import java.util.List;
import java.util.Map;

/**
 * A loaded project.
 *
 * @param project the project
 * @param warnings what is dubious or has no effect, in file order
 * @param environment the project environment: the caller's variables over those of {@code .env}
 * @param extensions {@code x-*} keys inside of attributes, which the project does not have
 */
public record LoadResult(
        Project project, List<Problem> warnings, Map<String, String> environment, NestedExtensions extensions) {

    public LoadResult {
        warnings = Immutable.list(warnings);
        environment = Immutable.map(environment);
    }

    /** One without such keys. */
    public LoadResult(Project project, List<Problem> warnings, Map<String, String> environment) {
        this(project, warnings, environment, NestedExtensions.NONE);
    }
}
