package dev.jcompose.model;

import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.write.ProjectWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads Compose files that a test has as text. */
public final class Loading {
    private static final Set<String> IMPLICIT =
            Set.of("command: null", "entrypoint: null", "image: x", "networks:", "  default: null");

    private final List<ComposeSource> files = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> profiles = new ArrayList<>();

    private Loading() {}

    /** One or more files, each over those before it; the project is {@code test} in {@code /project}. */
    public static Loading of(String... texts) {
        Loading loading = new Loading();
        for (String text : texts) {
            String name = loading.files.isEmpty() ? "compose.yaml" : "override" + loading.files.size() + ".yaml";
            loading.files.add(new ComposeSource(name, text));
        }
        loading.environment.put("HOME", "/home/user");
        return loading;
    }

    /** One service named {@code a} with an image and these attributes. */
    public static Service service(String attributes) {
        return of("services:\n  a:\n    image: x\n" + attributes.indent(4))
                .project()
                .service("a")
                .orElseThrow();
    }

    /** What {@code config} prints for that service, without what is there if nothing is written. */
    public static String canonical(String attributes) {
        return of("services:\n  a:\n    image: x\n" + attributes.indent(4)).printed();
    }

    /** What is wrong with one service named {@code a} with an image and these attributes, the first in line 4. */
    public static List<String> problems(String attributes) {
        return of("services:\n  a:\n    image: x\n" + attributes.indent(4)).problems();
    }

    /** What {@code config} prints for the service {@code a}, without what is there if nothing is written. */
    public String printed() {
        return ProjectWriter.toYaml(project())
                .lines()
                .dropWhile(line -> !line.equals("  a:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .filter(line -> !IMPLICIT.contains(line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    public Loading with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Loading profile(String name) {
        profiles.add(name);
        return this;
    }

    public LoadRequest request() {
        return LoadRequest.builder(Path.of("/project"))
                .files(files)
                .projectName("test")
                .environment(environment)
                .profiles(profiles)
                .build();
    }

    public LoadResult result() {
        return new ComposeLoader().load(request());
    }

    public Project project() {
        return result().project();
    }

    /** The service {@code a}. */
    public Service a() {
        return project().service("a").orElseThrow();
    }

    /** The whole message of what is wrong. */
    public String failure() {
        try {
            return "loaded " + project();
        } catch (ComposeFileException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What is wrong, without snippets and hints: {@code compose.yaml:3:5: services.a ...}. */
    public List<String> problems() {
        try {
            result();
            return List.of();
        } catch (ComposeFileException e) {
            return e.problems().stream()
                    .map(each -> Problem.of(each.location(), each.path(), each.message())
                            .toString())
                    .toList();
        }
    }
}
