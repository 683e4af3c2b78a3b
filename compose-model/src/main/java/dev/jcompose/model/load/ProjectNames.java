package dev.jcompose.model.load;

import dev.jcompose.model.interpolate.Template;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
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
            LoadRequest request,
            Path projectDirectory,
            ProjectEnvironment environment,
            List<List<Node>> files,
            Problems problems) {
        String option = request.projectName();
        if (option != null && !option.isEmpty()) {
            if (!isValid(option)) {
                throw new ComposeFileException(
                        Problem.of(SourceLocation.NONE, "", invalid(option)).withOrigin("from -p"));
            }
            return option;
        }
        String variable = environment.variables().get("COMPOSE_PROJECT_NAME");
        if (variable != null && !variable.isEmpty()) {
            if (!isValid(variable)) {
                throw new ComposeFileException(environment.about("COMPOSE_PROJECT_NAME", invalid(variable)));
            }
            return variable;
        }
        Path directory = projectDirectory.getFileName();
        String fallback = directory == null ? "" : normalize(directory.toString());
        Node written = written(files);
        String text = written == null ? null : written.text();
        if (written != null && text != null) {
            String name = request.options().interpolate() ? substitute(text, environment.variables()) : text;
            String normalized = normalize(name);
            if (!normalized.isEmpty()) {
                return normalized;
            }
            problems.warn(
                    written,
                    NodePath.of("name"),
                    "nothing of \"" + name + "\" can be in a project name; it is \"" + fallback
                            + "\", after the directory");
        }
        if (fallback.isEmpty()) {
            throw new ComposeFileException(Problem.of(SourceLocation.NONE, "", "project name must not be empty")
                    .withHint("nothing of the directory " + projectDirectory
                            + " can be in a name; give one with -p, COMPOSE_PROJECT_NAME or `name:`"));
        }
        return fallback;
    }

    private static boolean isValid(String name) {
        return normalize(name).equals(name);
    }

    private static String invalid(String name) {
        return "invalid project name \"" + name + "\": must consist only of lowercase alphanumeric characters, hyphens,"
                + " and underscores as well as start with a letter or number";
    }

    /** The last {@code name:} that says something. */
    private static @Nullable Node written(List<List<Node>> files) {
        Node last = null;
        for (List<Node> documents : files) {
            for (Node document : documents) {
                Node node = document instanceof MappingNode mapping ? mapping.get("name") : null;
                String text = node == null ? null : node.text();
                last = text == null || text.isEmpty() ? last : node;
            }
        }
        return last;
    }

    /** What is wrong with the template is reported by the interpolation of the file, which knows the place. */
    private static String substitute(String name, Map<String, String> environment) {
        try {
            return new Template(environment::get, unset -> {}).substitute(name);
        } catch (Template.TemplateException e) {
            return name;
        }
    }

    /** Lower case, without other characters than {@code a-z0-9_-} and without {@code _} and {@code -} in front. */
    static String normalize(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    }
}
