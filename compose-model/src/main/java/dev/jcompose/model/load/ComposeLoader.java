package dev.jcompose.model.load;

import dev.jcompose.model.Project;
import dev.jcompose.model.bind.ProjectBinder;
import dev.jcompose.model.check.Consistency;
import dev.jcompose.model.check.NoEffect;
import dev.jcompose.model.interpolate.TemplateVariable;
import dev.jcompose.model.interpolate.Variables;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.resolve.CommandLists;
import dev.jcompose.model.resolve.Normalizer;
import dev.jcompose.model.write.NestedExtensions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Loads Compose files into a project. Stateless; safe for use by several threads. */
public final class ComposeLoader {

    /**
     * What is known before the model is loaded.
     *
     * @param name the project's
     * @param directory the project's, absolute
     * @param sources the files
     * @param documents their documents
     * @param environment the project environment
     * @param environmentFiles where that comes from
     */
    private record Start(
            String name,
            Path directory,
            List<ComposeSource> sources,
            List<List<Node>> documents,
            Map<String, String> environment,
            Set<Path> environmentFiles) {}

    /**
     * Loads a project.
     *
     * @throws ComposeFileException with all problems found, each with its place
     */
    public LoadResult load(LoadRequest request) {
        Problems problems = new Problems();
        SourceTexts texts = new SourceTexts(request.workingDirectory(), problems);
        return whole(problems, texts, () -> {
            Start start = start(request, texts, problems);
            MappingNode model = model(request, start, texts, problems);
            Project project = project(request, start, model, problems);
            problems.check();
            return new LoadResult(
                    project,
                    withSnippets(problems.warnings(), texts),
                    start.environment(),
                    NestedExtensions.of(model),
                    files(request, start, model, texts));
        });
    }

    /** All files of a simple project: of one with includes, and of services with files of their own, null. */
    private static @Nullable Set<Path> files(LoadRequest request, Start start, MappingNode model, SourceTexts texts) {
        Set<Path> files = new HashSet<>();
        for (ComposeSource source : start.sources()) {
            if (source.content() != null) {
                return null;
            }
            files.add(request.workingDirectory().resolve(source.name()).normalize());
        }
        if (!texts.files().equals(files) || ServiceFiles.areUsed(model)) {
            return null;
        }
        files.addAll(start.environmentFiles());
        return files;
    }

    /** Runs all stages; what ends the run early is reported with all that was reported before. */
    private static <T> T whole(Problems problems, SourceTexts texts, Supplier<T> stages) {
        try {
            return stages.get();
        } catch (ComposeFileException e) {
            problems.error(e);
            throw new ComposeFileException(withSnippets(problems.errors(), texts));
        }
    }

    /**
     * Loads the merged model only, in long form but with nothing bound: what {@code config --no-interpolate} prints.
     *
     * @throws ComposeFileException with all problems found, each with its place
     */
    public MappingNode loadModel(LoadRequest request) {
        return CommandLists.apply(unboundModel(request));
    }

    private static MappingNode unboundModel(LoadRequest request) {
        Problems problems = new Problems();
        SourceTexts texts = new SourceTexts(request.workingDirectory(), problems);
        return whole(problems, texts, () -> {
            MappingNode model = model(request, start(request, texts, problems), texts, problems);
            problems.check();
            return model;
        });
    }

    /**
     * The variables that the files use, by name: what {@code config --variables} prints.
     *
     * @throws ComposeFileException with all problems found, each with its place
     */
    public Map<String, TemplateVariable> variables(LoadRequest request) {
        return TemplateVariable.find(unboundModel(request.withOptions(
                request.options().interpolate(false).resolvePaths(false).normalize(false))));
    }

    /**
     * The caller's variables and, below them, those of its env files: of the options, of {@code COMPOSE_ENV_FILES}, or
     * {@code .env} beside the first file. Nothing but these files is read.
     *
     * @throws ComposeFileException if one cannot be read or is not valid
     */
    public Map<String, String> environment(LoadRequest request) {
        return Map.copyOf(new ProjectEnvironment(request, new Problems()).variables());
    }

    /**
     * Where the values at and below a path came from: what {@code config --explain} prints.
     *
     * @param path such as {@code services.web.environment}; empty for everything
     * @throws ComposeFileException if the project cannot be loaded
     * @throws IllegalArgumentException if there is nothing at the path
     */
    public List<Explanation> explain(LoadRequest request, String path) {
        return Explanation.of(loadModel(request), path);
    }

    private static List<Problem> withSnippets(List<Problem> problems, SourceTexts texts) {
        return problems.stream().map(texts::withSnippet).toList();
    }

    private static Start start(LoadRequest request, SourceTexts texts, Problems problems) {
        ProjectEnvironment environment = new ProjectEnvironment(request, problems);
        @Nullable Path given = request.projectDirectory();
        Path caller = request.workingDirectory();
        Path search = given == null ? caller : caller.resolve(given).normalize();
        List<Problem> warnings = new ArrayList<>();
        List<ComposeSource> sources =
                ComposeFiles.find(request.files(), search, caller, environment.variables(), warnings);
        warnings.forEach(problems::warn);
        if (sources.isEmpty()) {
            throw new ComposeFileException(ComposeFiles.none(search));
        }
        Path directory = given == null ? directory(sources, caller) : search;
        environment.addFrom(directory);
        List<List<Node>> documents = new ArrayList<>();
        for (ComposeSource source : sources) {
            documents.add(documents(source, texts, problems, cause -> unreadable(request, environment, cause)));
        }
        problems.endStage();
        if (documents.stream().allMatch(List::isEmpty)) {
            problems.check();
            throw new ComposeFileException(
                    Problem.of(SourceLocation.startOf(sources.get(0).name()), "", "empty compose file"));
        }
        String name = ProjectNames.find(request, directory, environment, documents, problems);
        environment.variables().put("COMPOSE_PROJECT_NAME", name);
        return new Start(name, directory, sources, documents, environment.variables(), environment.files());
    }

    /**
     * A file that cannot be read is reported; the others are looked at all the same.
     *
     * @param named the problem of a file that cannot be read, with what names it
     */
    private static List<Node> documents(
            ComposeSource source, SourceTexts texts, Problems problems, UnaryOperator<Problem> named) {
        try {
            return texts.documents(source);
        } catch (ComposeFileException e) {
            e.problems()
                    .forEach(problem -> problems.error(
                            problem.location().equals(SourceLocation.NONE) ? named.apply(problem) : problem));
            problems.incomplete();
            return List.of();
        }
    }

    private static Problem unreadable(LoadRequest request, ProjectEnvironment environment, Problem problem) {
        if (!request.files().isEmpty()) {
            return problem.withOrigin("named by -f");
        }
        boolean found = environment.variables().getOrDefault("COMPOSE_FILE", "").isEmpty();
        return found ? problem : environment.about("COMPOSE_FILE", problem.message());
    }

    private static Path directory(List<ComposeSource> sources, Path caller) {
        ComposeSource first = sources.get(0);
        return first.name().equals("-") ? caller : ProjectEnvironment.directoryOf(caller, first);
    }

    private static MappingNode model(LoadRequest request, Start start, SourceTexts texts, Problems problems) {
        Path directory = start.directory();
        List<Path> trail = start.sources().stream()
                .filter(source -> !source.name().equals("-"))
                .map(source -> request.workingDirectory().resolve(source.name()).normalize())
                .toList();
        Scope scope = new Scope(directory, directory.toString(), start.environment(), trail);
        LoadOptions options = request.options();
        MappingNode model = new ModelLoader(texts, scope, options, problems).load(start.documents());
        if (options.normalize()) {
            model = new Normalizer(start.name(), Variables.of(start.environment())).normalize(model);
        }
        return model.with("name", ScalarNode.of(start.name(), SourceLocation.NONE));
    }

    private static Project project(LoadRequest request, Start start, MappingNode model, Problems problems) {
        List<String> files = start.sources().stream()
                .map(source -> source.name().equals("-")
                        ? "-"
                        : request.workingDirectory()
                                .resolve(source.name())
                                .normalize()
                                .toString())
                .toList();
        Project project = ProjectBinder.bind(model, start.name(), start.directory(), files, problems);
        UnaryOperator<Problem> completion = problem -> Place.complete(problem, model);
        problems.endStage(completion);
        NoEffect.warn(model, problems);
        ServiceSelection selection =
                new ServiceSelection(request, start.environment().getOrDefault("COMPOSE_PROFILES", ""), problems);
        project = selection.enabled(project);
        if (request.options().checkConsistency()) {
            Consistency.check(project, model, problems);
            problems.endStage(completion);
        }
        project = selection.selected(project);
        if (request.options().resolveEnvironment()) {
            project = new ServiceFiles(model, start.environment(), start.directory(), problems).resolve(project);
        }
        return request.options().allResources() ? project : project.withoutUnusedResources();
    }
}
