package dev.jcompose.model.load;

import dev.jcompose.model.dotenv.DotEnv;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The variables that {@code ${}} sees: the caller's, then those of the env files, or of {@code .env} in the caller's or
 * project directory.
 */
final class ProjectEnvironment {
    private final LoadRequest request;
    private final Problems problems;
    private final Map<String, String> variables;
    private final List<Path> explicitFiles;
    /** The env files that were read; of a variable that several set, the first one counts. */
    private final List<Path> files = new ArrayList<>();
    /** What they say. */
    private final Map<String, String> filed = new HashMap<>();
    /** Those that were looked for, whether they are there or not. */
    private final Set<Path> looked = new HashSet<>();

    ProjectEnvironment(LoadRequest request, Problems problems) {
        this.request = request;
        this.problems = problems;
        this.variables = new LinkedHashMap<>(request.environment());
        this.variables.putIfAbsent("PWD", request.workingDirectory().toString());
        this.explicitFiles = explicitFiles(request);
        explicitFiles.forEach(
                file -> looked.add(request.workingDirectory().resolve(file).normalize()));
        files.addAll(explicitFiles);
        Collections.reverse(files);
        addFrom(firstDirectory());
    }

    private static List<Path> explicitFiles(LoadRequest request) {
        if (!request.envFiles().isEmpty()) {
            return request.envFiles();
        }
        String names = request.environment().get("COMPOSE_ENV_FILES");
        return names == null || names.isEmpty()
                ? List.of()
                : Stream.of(names.split(",", -1)).map(Path::of).toList();
    }

    /** Where to look before the files are known. */
    private Path firstDirectory() {
        Path project = request.projectDirectory();
        if (project != null) {
            return request.workingDirectory().resolve(project).normalize();
        }
        return request.files().stream()
                .filter(source -> !source.name().equals("-"))
                .findFirst()
                .map(source -> directoryOf(request.workingDirectory(), source))
                .orElse(request.workingDirectory());
    }

    /** The directory of a file of the request. */
    static Path directoryOf(Path workingDirectory, ComposeSource source) {
        Path file = workingDirectory.resolve(source.name()).normalize();
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** Adds the variables of {@code .env} in a directory, below those that are there; or of the given files. */
    void addFrom(Path directory) {
        List<Path> next = explicitFiles;
        if (next.isEmpty()) {
            Path file = directory.resolve(".env");
            looked.add(file);
            next = isDisabled() || !Files.isRegularFile(file) ? List.of() : List.of(file);
        }
        try {
            read(request.workingDirectory(), next, variables, problems).forEach((name, value) -> {
                filed.putIfAbsent(name, value);
                variables.putIfAbsent(name, value);
            });
        } catch (ComposeFileException e) {
            Problem problem = e.problems().get(0);
            boolean unreadable = problem.location().equals(SourceLocation.NONE) && !explicitFiles.isEmpty();
            String named = request.envFiles().isEmpty() ? "COMPOSE_ENV_FILES in the environment" : "--env-file";
            throw unreadable ? new ComposeFileException(problem.withOrigin("named by " + named)) : e;
        }
        if (explicitFiles.isEmpty()) {
            files.addAll(next);
        }
    }

    /**
     * A problem with the value of a variable, at the place in an env file that it comes from, if it does. The caller's
     * environment may have such values already.
     */
    Problem about(String variable, String message) {
        String value = filed.get(variable);
        if (value != null && value.equals(request.environment().getOrDefault(variable, value))) {
            for (Path name : files) {
                Path file = request.workingDirectory().resolve(name).normalize();
                DotEnv.Position position = DotEnv.position(text(file), variable);
                if (position != null) {
                    return Problem.of(place(file, position), "", message).withOrigin("from the variable " + variable);
                }
            }
        }
        return Problem.of(SourceLocation.NONE, "", message)
                .withOrigin("from the variable " + variable + " in the environment");
    }

    Map<String, String> variables() {
        return variables;
    }

    /** The files that the variables come from, or would if they were there. */
    Set<Path> files() {
        return looked;
    }

    /** As Go reads a boolean; anything else is a mistake, which would otherwise stay unseen. */
    private boolean isDisabled() {
        String value = variables.getOrDefault("COMPOSE_DISABLE_ENV_FILE", "");
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "", "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new ComposeFileException(Problem.of(
                        SourceLocation.NONE,
                        "",
                        "the environment variable COMPOSE_DISABLE_ENV_FILE is \"" + value
                                + "\", which is no boolean; it can be true or false"));
        };
    }

    /**
     * Reads env files; a later one wins.
     *
     * @param directory where relative paths begin
     * @param current variables that are known already, for references in values
     * @param problems gets a warning for each variable that is not set
     * @throws ComposeFileException if one cannot be read or is not valid
     */
    static Map<String, String> read(Path directory, List<Path> files, Map<String, String> current, Problems problems) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Path name : files) {
            Path file = directory.resolve(name).normalize();
            all.putAll(parse(file, text(file), current, all, unset(file, problems)));
        }
        return all;
    }

    private static String text(Path file) {
        try {
            return TextFile.read(file);
        } catch (TextFile.NoTextException e) {
            throw new ComposeFileException(
                    Problem.of(e.place(file.toString()), "", "failed to read " + file + ": " + e.getMessage()));
        } catch (IOException e) {
            String message = Files.isDirectory(file) ? file + " is a directory" : "couldn't find env file: " + file;
            throw new ComposeFileException(Problem.of(SourceLocation.NONE, "", message));
        }
    }

    private static Map<String, String> parse(
            Path file, String text, Map<String, String> current, Map<String, String> earlier, DotEnv.Unset unset) {
        try {
            return DotEnv.parse(text, current::get, earlier::get, unset);
        } catch (DotEnv.DotEnvException e) {
            throw invalid(file, e);
        }
    }

    /** Warns of a variable that an env file uses, and that is not set. */
    static DotEnv.Unset unset(Path file, Problems problems) {
        return (name, position) -> problems.warn(Problem.of(
                place(file, position), "", "The \"" + name + "\" variable is not set. Defaulting to a blank string."));
    }

    private static SourceLocation place(Path file, DotEnv.Position position) {
        return new SourceLocation(file.toString(), position.line(), position.column());
    }

    /** The problem of an env file, with its place. */
    static ComposeFileException invalid(Path file, DotEnv.DotEnvException e) {
        String message = String.valueOf(e.getMessage());
        String text = message.startsWith("required variable") ? message : "line " + e.line() + ": " + message;
        return new ComposeFileException(Problem.of(
                place(file, e.position()), NodePath.ROOT.toString(), "failed to read " + file + ": " + text));
    }
}
