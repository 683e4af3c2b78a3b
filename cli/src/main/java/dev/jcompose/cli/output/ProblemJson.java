package dev.jcompose.cli.output;

import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;
import java.util.List;

/**
 * What is wrong with a Compose file, for tools: an object per problem with {@code file}, {@code line} and
 * {@code column} (from 1; all three null where a problem has no place), {@code path}, {@code message}, {@code hint} (or
 * null), {@code source} (the line; or null) and {@code origin}, the steps by which the value came to its path, last
 * step last. Members may be added, not changed.
 */
public final class ProblemJson {
    private ProblemJson() {}

    /** The objects, in the same order. */
    public static List<JsonObject> of(List<Problem> problems) {
        return problems.stream().map(ProblemJson::of).toList();
    }

    private static JsonObject of(Problem problem) {
        SourceLocation place = problem.location();
        boolean placed = place.line() > 0;
        String snippet = problem.snippet();
        return JsonObject.create()
                .put("file", place.file().isEmpty() ? null : place.file())
                .put("line", placed ? place.line() : null)
                .put("column", placed ? place.column() : null)
                .put("path", problem.path())
                .put("message", problem.message())
                .put("hint", problem.hint())
                .put(
                        "source",
                        snippet == null ? null : snippet.lines().findFirst().orElse(""))
                .put("origin", Origin.steps(problem.origin()));
    }
}
