package dev.jcompose.model.load;

import dev.jcompose.model.merge.Merger;
import dev.jcompose.model.node.Immutable;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.schema.ComposeSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stage: loads what a file includes, as a project of its own with its own directory and variables, and merges the file
 * over it.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/14-include.md">include</a>
 */
final class IncludeLoader {
    private static final List<String> IMPORTED =
            List.of("services", "volumes", "networks", "secrets", "configs", "models");

    private final SourceTexts texts;
    private final Scope scope;
    private final LoadOptions options;
    private final Problems problems;

    IncludeLoader(SourceTexts texts, Scope scope, LoadOptions options, Problems problems) {
        this.texts = texts;
        this.scope = scope;
        this.options = options;
        this.problems = problems;
    }

    /**
     * The file over what it includes; without {@code include}. A file that cannot be loaded, or that includes itself,
     * is reported and left out.
     */
    MappingNode resolve(MappingNode file) {
        Node include = file.get("include");
        if (include == null || include.isNull()) {
            return file.without("include");
        }
        if (!(include instanceof SequenceNode list)) {
            problems.error(
                    include,
                    NodePath.of("include"),
                    "`include` must be a list, got "
                            + (include instanceof ScalarNode ? include.plain() : "a " + include.kind()));
            problems.incomplete();
            return file.without("include");
        }
        MappingNode own = file.without("include");
        MappingNode imported = MappingNode.empty(file.location());
        int index = 0;
        for (Node entry : list.items()) {
            NodePath place = NodePath.of("include").item(index++);
            if (!ComposeSchema.checkInclude(entry, place, problems)) {
                problems.incomplete();
                continue;
            }
            try {
                // What was included before wins, as the including file does.
                imported = Merger.merge(load(entry), imported, problems);
            } catch (ComposeFileException e) {
                problems.error(e);
                problems.incomplete();
            }
        }
        return Merger.merge(imported, own, problems);
    }

    private MappingNode load(Node entry) {
        List<String> names = texts(entry instanceof MappingNode long_ ? long_.get("path") : entry);
        if (names.isEmpty()) {
            throw failure(entry, "include", "include must be a path, or a mapping with `path`");
        }
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            RemoteFiles.refuse(name, entry, "include");
            paths.add(scope.directory().resolve(name).normalize());
        }
        Path main = paths.get(0);
        checkCycle(entry, main);
        Path directory = projectDirectory(entry, main);
        Map<String, String> environment = environment(entry, directory);
        List<Path> trail = new ArrayList<>(scope.trail());
        trail.add(main);
        Scope inner = new Scope(directory, scope.relative(directory), environment, Immutable.list(trail));
        List<List<Node>> documents = new ArrayList<>();
        for (Path path : paths) {
            documents.add(texts.documents(path, step(entry), reason -> failure(entry, "include", reason)));
        }
        String origin = step(entry);
        MappingNode model = problems.through(
                origin, () -> new ModelLoader(texts, inner, options.resolvePaths(true), problems).load(documents));
        return model.map((key, value) ->
                IMPORTED.contains(key) && value instanceof MappingNode resources ? mark(resources, origin) : null);
    }

    private static String step(Node entry) {
        return "through include at " + entry.location();
    }

    private static MappingNode mark(MappingNode resources, String origin) {
        return resources.map((name, value) -> value.withOrigin(Origin.join(value.origin(), origin)));
    }

    private void checkCycle(Node entry, Path main) {
        if (scope.trail().contains(main)) {
            List<String> circle = new ArrayList<>();
            scope.trail().forEach(path -> circle.add(path.toString()));
            circle.add(main.toString());
            throw failure(entry, "include", "include cycle detected:\n" + String.join("\n include ", circle));
        }
    }

    private Path projectDirectory(Node entry, Path main) {
        String given = entry instanceof MappingNode mapping && mapping.get("project_directory") != null
                ? text(mapping.get("project_directory"))
                : null;
        if (given != null && !given.isEmpty()) {
            return scope.directory().resolve(given).normalize();
        }
        Path parent = main.getParent();
        return parent == null ? scope.directory() : parent;
    }

    private Map<String, String> environment(Node entry, Path directory) {
        List<Path> files = new ArrayList<>();
        Node given = entry instanceof MappingNode mapping ? mapping.get("env_file") : null;
        if (given == null || given.isNull()) {
            Path file = directory.resolve(".env");
            if (Files.isRegularFile(file)) {
                files.add(file);
            }
        } else {
            for (String name : texts(given)) {
                if (!name.equals("/dev/null")) {
                    files.add(existing(scope.directory().resolve(name).normalize(), given));
                }
            }
        }
        Map<String, String> environment = new LinkedHashMap<>(scope.environment());
        try {
            ProjectEnvironment.read(scope.directory(), files, scope.environment(), problems)
                    .forEach(environment::putIfAbsent);
        } catch (ComposeFileException e) {
            throw e.through(step(entry));
        }
        return environment;
    }

    private static Path existing(Path file, Node node) {
        if (!Files.exists(file)) {
            throw failure(node, "include", "stat " + file + ": no such file or directory");
        }
        if (Files.isDirectory(file)) {
            throw failure(node, "include", file + " is not a file");
        }
        return file;
    }

    private static List<String> texts(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Node item : node instanceof SequenceNode list ? list.items() : List.of(node)) {
            String text = item.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static @Nullable String text(@Nullable Node node) {
        return node == null ? null : node.text();
    }

    private static ComposeFileException failure(Node node, String path, String message) {
        return new ComposeFileException(
                Problem.of(node.location(), path, message).withOrigin(node.origin()));
    }
}
