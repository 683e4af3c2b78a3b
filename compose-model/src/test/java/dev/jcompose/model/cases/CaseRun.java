package dev.jcompose.model.cases;

import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.write.ProjectWriter;
import dev.jcompose.model.write.WriteOptions;
import dev.jcompose.model.yaml.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What loading a case gave.
 *
 * @param output the JSON of {@code config --format json}; null if it failed
 * @param error the message if it failed
 * @param warnings all warnings
 */
record CaseRun(@Nullable String output, String error, String warnings) {

    /** Writes the case's files below a directory named {@code case}, and runs its {@code config} command. */
    static CaseRun of(SpecCase spec, Path scratch) throws IOException {
        Path root = Files.createDirectories(scratch.resolve("case"));
        for (Map.Entry<String, @Nullable Object> file : spec.files().entrySet()) {
            Path path = root.resolve(file.getKey()).normalize();
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(path, String.valueOf(file.getValue()));
        }
        Path directory = root.resolve(spec.directory()).normalize();
        Files.createDirectories(directory);
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "HOME", "/home/user"));
        spec.environment().forEach((key, value) -> environment.put(key, expand(String.valueOf(value), root)));
        LoadRequest.Builder request = LoadRequest.builder(directory).environment(environment);
        List<String> args = spec.args().stream().map(arg -> expand(arg, root)).toList();
        return run(request, new ArrayDeque<>(args), root);
    }

    private static String expand(String text, Path root) {
        return text.replace("${WORKDIR}", root.toString());
    }

    private static CaseRun run(LoadRequest.Builder request, Deque<String> args, Path root) {
        LoadOptions options = LoadOptions.DEFAULT;
        List<ComposeSource> files = new ArrayList<>();
        List<Path> envFiles = new ArrayList<>();
        List<String> profiles = new ArrayList<>();
        List<String> services = new ArrayList<>();
        while (!args.isEmpty()) {
            String arg = args.remove();
            switch (arg) {
                case "-f" -> files.add(ComposeSource.file(args.remove()));
                case "-p" -> request.projectName(args.remove());
                case "--env-file" -> envFiles.add(Path.of(args.remove()));
                case "--profile" -> profiles.add(args.remove());
                case "--project-directory" -> request.projectDirectory(Path.of(args.remove()));
                case "--all-resources" -> options = options.allResources(true);
                case "--format" -> args.remove();
                case "--no-consistency" -> options = options.checkConsistency(false);
                case "--no-path-resolution" -> options = options.resolvePaths(false);
                case "--no-interpolate" -> options = options.interpolate(false);
                case "config" -> services.clear();
                default -> services.add(arg);
            }
        }
        LoadRequest complete = request.files(files)
                .envFiles(envFiles)
                .profiles(profiles)
                .services(services)
                .options(options)
                .build();
        try {
            return config(complete, root);
        } catch (ComposeFileException e) {
            return new CaseRun(null, neutral(String.valueOf(e.getMessage()), root), "");
        }
    }

    private static CaseRun config(LoadRequest request, Path root) {
        LoadResult result = new ComposeLoader().load(request);
        String json = ProjectWriter.toJson(result.project(), WriteOptions.CONFIG_JSON);
        String warnings = result.warnings().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return new CaseRun(neutral(json, root), "", neutral(warnings, root));
    }

    private static String neutral(String text, Path root) {
        return text.replace(root.toString(), "${WORKDIR}");
    }

    /** What differs from what the case says; empty if nothing. */
    List<String> differences(SpecCase spec) {
        if (output == null) {
            if (spec.succeeds()) {
                return List.of("failed: " + error);
            }
            return error.contains(spec.expectedError())
                    ? List.of()
                    : List.of("wanted \"" + spec.expectedError() + "\" in: " + error);
        }
        if (!spec.succeeds()) {
            return List.of("succeeded, wanted: " + spec.expectedError());
        }
        Object model = JsonReader.read(output).plain();
        List<String> differences = new ArrayList<>();
        for (Fact fact : spec.facts()) {
            String violation = fact.violation(model);
            if (violation != null) {
                differences.add(violation);
            }
        }
        for (String warning : spec.expectedWarnings()) {
            if (!warnings.contains(warning)) {
                differences.add("no warning \"" + warning + "\" in: " + warnings);
            }
        }
        return differences;
    }

    /** Where the whole model differs from the reference's. */
    List<String> differencesTo(@Nullable Object golden) {
        List<String> differences = new ArrayList<>();
        compare("", golden, JsonReader.read(String.valueOf(output)).plain(), differences);
        return differences;
    }

    private static void compare(String path, @Nullable Object wanted, @Nullable Object got, List<String> differences) {
        if (wanted instanceof Map<?, ?> a && got instanceof Map<?, ?> b) {
            a.forEach((key, value) -> {
                if (b.containsKey(key)) {
                    compare(path + "." + key, value, b.get(key), differences);
                } else {
                    differences.add(path + "." + key + ": missing " + value);
                }
            });
            b.forEach((key, value) -> {
                if (!a.containsKey(key)) {
                    differences.add(path + "." + key + ": unexpected " + value);
                }
            });
        } else if (wanted instanceof List<?> a && got instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                compare(path + "[" + i + "]", a.get(i), b.get(i), differences);
            }
        } else if (!(wanted instanceof Number a
                        && got instanceof Number b
                        && Math.abs(a.doubleValue() - b.doubleValue()) < 1e-6)
                && !Objects.equals(wanted, got)) {
            differences.add(path + ": wanted " + wanted + ", got " + got);
        }
    }
}
