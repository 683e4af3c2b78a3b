package dev.jcompose.cli.session;

import dev.jcompose.cli.output.Ansi;
import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.output.ProgressMode;
import dev.jcompose.cli.output.WarningLine;
import dev.jcompose.cli.project.GlobalOptions;
import dev.jcompose.cli.project.ProjectSource;
import dev.jcompose.cli.world.World;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.model.Project;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One run of a command: its world, the options before it, and what commands share. */
public final class Session {
    private final World world;
    private final GlobalOptions options;
    private final ProjectSource source;
    private final OutputChoice output;

    private Session(World world, GlobalOptions options, OutputChoice output) {
        this.world = world;
        this.options = options;
        this.source = new ProjectSource(world, options);
        this.output = output;
    }

    /**
     * Begins one.
     *
     * @throws CommandException when options contradict each other
     */
    public static Session open(World world, GlobalOptions options) {
        World complete = world.with(new ProjectSource(world, options).environment());
        return new Session(complete, options, OutputChoice.of(complete, options));
    }

    public World world() {
        return world;
    }

    public GlobalOptions options() {
        return options;
    }

    public PrintStream out() {
        return world.out();
    }

    public PrintStream err() {
        return world.err();
    }

    /** The engine, started if none runs. */
    public EngineApi engine() {
        return world.engine().connect();
    }

    /** Colours of standard output. */
    public Ansi outAnsi() {
        return output.ansi(world.terminal().isOutput());
    }

    /** How the engine is to carry out its plan: whether at all, and how much at a time. */
    public Execution execution() {
        Integer parallel = options.parallel();
        if (parallel == null) {
            String limit = world.variable("COMPOSE_PARALLEL_LIMIT", "-1");
            try {
                parallel = Integer.valueOf(limit);
            } catch (NumberFormatException e) {
                throw new CommandException(
                        "COMPOSE_PARALLEL_LIMIT must be an integer (found: \"%s\")".formatted(limit));
            }
        }
        return new Execution(options.isDryRun(), parallel > 0 ? parallel : Execution.UNLIMITED);
    }

    /** How progress is shown. */
    public ProgressMode progressMode() {
        return output.mode();
    }

    /** A display of progress, in the way that the options and the terminal ask for. */
    public Progress progress(String title) {
        return progress(output.mode(), title);
    }

    /** A display of progress that goes well with log lines beside it. */
    public Progress progressBesideLogs(String title) {
        return progress(output.mode() == ProgressMode.TTY ? ProgressMode.PLAIN : output.mode(), title);
    }

    /** A display of progress in a way of its own. */
    public Progress progress(ProgressMode mode, String title) {
        PrintStream stream = world.flag("COMPOSE_STATUS_STDOUT") ? world.out() : world.err();
        return mode.open(world, stream, output.ansi(true), title, options.isDryRun());
    }

    /** The project's name, if the user gave it. */
    public Optional<String> givenName() {
        return source.givenName();
    }

    /** What to load; services as in {@link ProjectSource#request}. */
    public LoadRequest request(Collection<String> services, LoadOptions stages) {
        return source.request(services, stages);
    }

    /** Loads the project and prints the warnings; services as in {@link ProjectSource#request}. */
    public LoadResult load(Collection<String> services) {
        LoadResult result = load(services, LoadOptions.DEFAULT);
        return result.with(DefaultPlatform.of(result.environment()).applyTo(named(result.project())));
    }

    /** A project, with names of containers and images as the user wants them. */
    public Project named(Project project) {
        boolean underscores = options.isCompatibility() || world.flag("COMPOSE_COMPATIBILITY");
        return underscores ? project.withUnderscores() : project;
    }

    /** Loads the project with some stages left out. */
    public LoadResult load(Collection<String> services, LoadOptions stages) {
        LoadResult result = world.loader().apply(request(services, stages));
        result.warnings().forEach(problem -> warn(problem.toString()));
        return result;
    }

    /**
     * The project that a command is about which works on containers. Where a name is given and there is no Compose
     * file, that is enough.
     */
    public Target target() {
        Optional<String> name = source.givenName();
        if (name.isPresent() && !source.hasFiles()) {
            return new Target(name.get(), Optional.empty());
        }
        Project project = load(List.of()).project();
        return new Target(project.name(), Optional.of(project));
    }

    /** The same, and makes sure that it has these services. */
    public Target target(Collection<String> services) {
        Target target = target();
        target.check(services);
        return target;
    }

    /**
     * That something in the project cannot work, with the line of the file that says it.
     *
     * @param path {@code services.web.develop.watch[0]}; empty if it is nothing in the project
     */
    public CommandException refusal(String path, String message) {
        if (path.isEmpty()) {
            return new CommandException(message);
        }
        SourceLocation written = new ComposeLoader()
                .explain(request(List.of(), LoadOptions.DEFAULT), path)
                .get(0)
                .location();
        return new CommandException(Problem.of(written, path, message).toString());
    }

    /** Whether there is somebody who can answer. */
    public boolean canAsk() {
        return world.terminal().isInput();
    }

    /** Asks something; an end of input and an empty line mean no. */
    public boolean confirm(String question) {
        return isYes(question + " [yN] ");
    }

    /** Whether what is typed after a prompt is a yes. */
    boolean isYes(String prompt) {
        world.out().print(prompt);
        world.out().flush();
        StringBuilder answer = new StringBuilder();
        try {
            for (int c = world.in().read(); c >= 0 && c != '\n'; c = world.in().read()) {
                answer.append((char) c);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer", e);
        }
        String word = answer.toString().strip();
        return word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes");
    }

    /** Prints a warning. */
    public void warn(String message) {
        world.err().println(WarningLine.of(world.clock(), message));
        world.err().flush();
    }
}
