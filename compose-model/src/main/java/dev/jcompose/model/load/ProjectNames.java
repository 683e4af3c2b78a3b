package dev.jcompose.model.load;

import dev.jcompose.model.interpolate.Template;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name of a project: {@code -p}, {@code COMPOSE_PROJECT_NAME}, the last {@code name:}, or the directory's.
 */
final class ProjectNames {
    private ProjectNames() {}

    /**
     * The name.
     *
     * @throws ComposeFileException if a name that was given is not valid, or nothing valid is left of the directory's
     */
    static String find(
            LoadRequest request, Path projectDirectory, Map<String, String> environment, List<List<Node>> files) {
        @Nullable String given = request.projectName();
        if (given == null || given.isEmpty()) {
            given = environment.get("COMPOSE_PROJECT_NAME");
        }
        if (given != null && !given.isEmpty()) {
            if (!normalize(given).equals(given)) {
                throw failure("invalid project name \"" + given + "\": must consist only of lowercase alphanumeric "
                        + "characters, hyphens, and underscores as well as start with a letter or number");
            }
            return given;
        }
        String name = normalize(fromFiles(files, environment, request.options().interpolate()));
        if (name.isEmpty()) {
            Path directory = projectDirectory.getFileName();
            name = directory == null ? "" : normalize(directory.toString());
        }
        if (name.isEmpty()) {
            throw failure("project name must not be empty");
        }
        return name;
    }

    private static String fromFiles(List<List<Node>> files, Map<String, String> environment, boolean interpolate) {
        String name = "";
        for (List<Node> documents : files) {
            for (Node document : documents) {
                Node node = document instanceof MappingNode mapping ? mapping.get("name") : null;
                String text = node == null ? null : node.text();
                if (text != null && !text.isEmpty()) {
                    name = text;
                }
            }
        }
        return interpolate ? substitute(name, environment) : name;
    }

    /** What is wrong with the template is reported by the interpolation of the file, which knows the place. */
    private static String substitute(String name, Map<String, String> environment) {
        try {
            return new Template(environment::get, unset -> {}).substitute(name);
        } catch (Template.InvalidTemplateException | Template.MissingVariableException e) {
            return name;
        }
    }

    /** Lower case, without other characters than {@code a-z0-9_-} and without {@code _} and {@code -} in front. */
    static String normalize(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    }

    private static ComposeFileException failure(String message) {
        return new ComposeFileException(Problem.of(SourceLocation.NONE, "", message));
    }
}
