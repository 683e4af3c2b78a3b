package dev.jcompose.cli;

import dev.jcompose.cli.command.Commands;
import dev.jcompose.cli.command.Version;
import dev.jcompose.cli.output.ProblemJson;
import dev.jcompose.cli.project.GlobalOptions;
import dev.jcompose.cli.project.ProjectSource;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.template.TemplateException;
import dev.jcompose.cli.world.World;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Suggestion;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine;

/** One call of the program: finds the command, runs it, and turns whatever happens into an exit code. */
public final class Jcompose {
    private static final int FAILED = 1;
    private static final int CANCELLED = 130;
    /** What the scripts for shells call. */
    private static final String COMPLETE = "__complete";

    private final World world;

    public Jcompose(World world) {
        this.world = world;
    }

    /** Runs it; the exit code. */
    public int run() {
        return run(command -> true);
    }

    /**
     * Runs it if it is of the right kind.
     *
     * @return the exit code
     * @throws RefusedCommandException if it is a command of another kind; nothing has happened then
     */
    public int run(Predicate<ComposeCommand> allowed) {
        GlobalOptions options = new GlobalOptions();
        try {
            return run(options, allowed);
        } catch (RefusedCommandException e) {
            throw e;
        } catch (CommandException | TemplateException | ComposeFileException | UncheckedIOException e) {
            return fail(options, e, FAILED);
        } catch (EngineException e) {
            return fail(options, e, e.kind() == EngineException.Kind.CANCELLED ? CANCELLED : FAILED);
        } catch (RuntimeException | Error e) {
            return fail(options, new IllegalStateException("unexpected " + e, e), FAILED);
        } finally {
            world.out().flush();
            world.err().flush();
        }
    }

    private int run(GlobalOptions options, Predicate<ComposeCommand> allowed) {
        if (!world.arguments().isEmpty() && world.arguments().get(0).equals(COMPLETE)) {
            List<String> words = world.arguments().subList(1, world.arguments().size());
            world.out().print(new CompletionAnswer(world).to(words));
            return 0;
        }
        List<String> global = SplitArguments.global(world.arguments());
        if (!global.isEmpty()) {
            // Not otherwise: looking at the annotations of all those options takes time.
            Parsing.parse(parser(options), global);
        }
        List<String> rest =
                world.arguments().subList(global.size(), world.arguments().size());
        if (options.isVersion()) {
            return new Version().run(Session.open(world, options));
        }
        boolean helpOnly = !rest.isEmpty() && rest.get(0).equals("help");
        if (rest.size() <= (helpOnly ? 1 : 0) || options.isHelp()) {
            world.out().print(Help.ofProgram(parser(options), world));
            return 0;
        }
        List<String> named = helpOnly ? rest.subList(1, rest.size()) : rest;
        int words = Commands.isGroup(named.get(0)) ? 2 : 1;
        if (named.size() < words || (words == 2 && named.get(1).startsWith("-"))) {
            world.out().print(Help.ofGroup(named.get(0), world));
            return 0;
        }
        String name = String.join(" ", named.subList(0, words));
        ComposeCommand command = Commands.find(name).orElseThrow(() -> unknown(name));
        CommandLine line = parser(command);
        line.setCommandName("jcompose " + name);
        List<String> arguments = named.subList(words, named.size());
        if (helpOnly || Help.isAsked(line, arguments)) {
            world.out().print(Help.of(line, world));
            return 0;
        }
        Parsing.parse(line, arguments);
        if (!allowed.test(command)) {
            throw new RefusedCommandException("\"%s\" is not run here".formatted(name));
        }
        if (options.isDryRun() && Commands.refusesDryRun(name)) {
            throw new CommandException("%s does not know --dry-run".formatted(name));
        }
        return command.run(Session.open(world, options));
    }

    /** What parses the arguments of a command, which is an annotated object. */
    static CommandLine parser(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        // What follows the service of these is not ours.
        boolean runs =
                line.getCommandName().equals("exec") || line.getCommandName().equals("run");
        return line.setStopAtPositional(runs)
                .setOverwrittenOptionsAllowed(true)
                .setTrimQuotes(false)
                .setExpandAtFiles(false)
                .setAbbreviatedOptionsAllowed(false);
    }

    private CommandException unknown(String name) {
        Optional<String> senseless = Commands.whyNot(name);
        if (senseless.isPresent()) {
            return new CommandException("jcompose has no \"%s\": %s".formatted(name, senseless.get()));
        }
        String first = name.replaceFirst(" .*", "");
        world.out()
                .print(
                        Commands.isGroup(first)
                                ? Help.ofGroup(first, world)
                                : Help.ofProgram(parser(new GlobalOptions()), world));
        return new CommandException(
                "unknown jcompose command: \"%s\"%s".formatted(name, Suggestion.hint(name, Commands.names())));
    }

    /** Whether the command was asked for JSON: then what is wrong with a file is JSON on standard output, too. */
    private boolean asksForJson() {
        List<String> arguments = world.arguments();
        int format = arguments.indexOf("--format");
        return arguments.contains("--format=json")
                || (format >= 0
                        && format + 1 < arguments.size()
                        && arguments.get(format + 1).equals("json"));
    }

    private boolean showsJson(GlobalOptions options) {
        String progress = options.progress();
        if (progress == null) {
            progress = new ProjectSource(world, options).environment().get("COMPOSE_PROGRESS");
        }
        return "json".equals(progress);
    }

    private int fail(GlobalOptions options, Exception e, int code) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        List<JsonObject> problems =
                e instanceof ComposeFileException file ? ProblemJson.of(file.problems()) : List.of();
        if (!problems.isEmpty() && asksForJson()) {
            world.out().println(JsonObject.create().put("errors", problems));
        }
        world.out().flush();
        if (showsJson(options)) {
            JsonObject event = JsonObject.create().put("error", true).put("message", message);
            world.err().println(problems.isEmpty() ? event : event.put("errors", problems));
        } else {
            world.err().println(message);
        }
        if (options.isDebug() || world.flag("JCOMPOSE_DEBUG")) {
            e.printStackTrace(world.err());
        }
        return code;
    }
}
