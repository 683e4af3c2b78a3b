package dev.jcompose.model.load;

import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the Compose files of a command: those given, else those of {@code COMPOSE_FILE}, else the first default name in
 * the working directory or a directory above it, with its override file.
 */
public final class ComposeFiles {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    private static final List<String> OVERRIDES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    private ComposeFiles() {}

    /**
     * The files to load, in order; empty if there is none.
     *
     * @param given the {@code -f} arguments
     * @param searched absolute; where to search, upwards
     * @param caller absolute; the directory from which the names of the files are relative
     * @param environment where {@code COMPOSE_FILE} and {@code COMPOSE_PATH_SEPARATOR} are
     * @param warnings gets a problem if several default files are side by side
     */
    public static List<ComposeSource> find(
            List<ComposeSource> given,
            Path searched,
            Path caller,
            Map<String, String> environment,
            Collection<Problem> warnings) {
        if (!given.isEmpty()) {
            return given;
        }
        String variable = environment.get("COMPOSE_FILE");
        if (variable != null && !variable.isEmpty()) {
            String separator = environment.getOrDefault("COMPOSE_PATH_SEPARATOR", File.pathSeparator);
            return Stream.of(variable.split(Pattern.quote(separator), -1))
                    .filter(name -> !name.isEmpty())
                    .map(ComposeSource::file)
                    .toList();
        }
        for (Path directory = searched; directory != null; directory = directory.getParent()) {
            List<Path> found = existing(directory, NAMES);
            if (!found.isEmpty()) {
                return withOverride(directory, found, caller, warnings);
            }
        }
        return List.of();
    }

    /** That there is none, and what was looked for where. */
    static Problem none(Path searched) {
        List<String> directories = new ArrayList<>();
        for (Path directory = searched; directory != null; directory = directory.getParent()) {
            directories.add(directory.toString());
        }
        return Problem.of(SourceLocation.NONE, "", "no configuration file provided: not found")
                .withHint("looked for " + String.join(", ", NAMES) + "\nin " + String.join(", ", directories)
                        + "\ngive one with -f or COMPOSE_FILE");
    }

    private static List<ComposeSource> withOverride(
            Path directory, List<Path> found, Path workingDirectory, Collection<Problem> warnings) {
        warnIfSeveral(found, "config files", warnings);
        List<ComposeSource> sources = new ArrayList<>();
        sources.add(source(found.get(0), workingDirectory));
        List<Path> overrides = existing(directory, OVERRIDES);
        if (!overrides.isEmpty()) {
            warnIfSeveral(overrides, "override files", warnings);
            sources.add(source(overrides.get(0), workingDirectory));
        }
        return sources;
    }

    private static ComposeSource source(Path file, Path workingDirectory) {
        return ComposeSource.file(file.startsWith(workingDirectory) ? workingDirectory.relativize(file) : file);
    }

    private static List<Path> existing(Path directory, List<String> names) {
        return names.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    private static void warnIfSeveral(List<Path> found, String what, Collection<Problem> warnings) {
        if (found.size() > 1) {
            String all = String.join(", ", found.stream().map(Path::toString).toList());
            warnings.add(Problem.of(
                    SourceLocation.NONE,
                    "",
                    "Found multiple " + what + " with supported names: " + all + "\nUsing " + found.get(0)));
        }
    }
}
