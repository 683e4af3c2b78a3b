package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}. */
@Command(name = "run", description = "Run a one-off command on a service")
final class Run implements ComposeCommand {
    @Option(
            names = {"-d", "--detach"},
            description = "Run container in background and print container ID")
    boolean detach;

    @Option(
            names = {"-i", "--interactive"},
            paramLabel = "BOOL",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Keep STDIN open even if not attached")
    boolean interactive = true;

    @Option(names = "--name", paramLabel = "NAME", description = "Assign a name to the container")
    @Nullable
    String name;

    @Option(names = "--no-deps", description = "Don't start linked services")
    boolean noDeps;

    @Option(
            names = {"-T", "--no-tty"},
            description = "Disable pseudo-TTY allocation; on by default where there is no terminal")
    boolean noTty;

    @Option(
            names = {"-t", "--tty"},
            hidden = true)
    boolean tty;

    @Option(
            names = {"-q", "--quiet"},
            description = "Don't print anything but the command's own output")
    boolean quiet;

    @Option(names = "--remove-orphans", description = "Remove containers for services not defined in the Compose file")
    boolean removeOrphans;

    @Option(names = "--rm", description = "Automatically remove the container when it exits")
    boolean remove;

    @Option(names = "--use-aliases", description = "Give the container the aliases of the service on its networks")
    boolean useAliases;

    @Mixin
    RunOverrides overrides = new RunOverrides();

    @Mixin
    BuildOptions build = new BuildOptions();

    @Parameters(index = "0", paramLabel = "SERVICE")
    String service = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND")
    List<String> command = new ArrayList<>();

    @Override
    public int run(Session session) {
        overrides.check();
        build.check();
        session.target(List.of(service));
        LoadResult loaded = session.load(List.of(service));
        Project project = loaded.project();
        Terminal ours = session.world().terminal();
        boolean withTerminal = !noTty && (tty || (ours.isInput() && ours.isOutput()));
        Service asked = project.service(service).orElseThrow(() -> new CommandException("no such service: " + service));
        Service changed = overrides.apply(session, asked, command, withTerminal, interactive);
        RunRequest request = new RunRequest(
                ProjectWriter.toJson(project.withService(changed)),
                service,
                name,
                noDeps,
                removeOrphans,
                remove,
                interactive && !detach,
                useAliases,
                build.images(session.world(), loaded));
        if (session.options().isDryRun()) {
            try (Progress progress = session.progress("run")) {
                new RunRehearsal(session, progress).tell(request, project.name(), changed);
            }
            return 0;
        }
        EngineApi engine = session.engine();
        String id = create(session, engine, request);
        if (detach) {
            return start(session, engine, project, id, () -> {
                session.out().println(id);
                return 0;
            });
        }
        return attached(session, engine, project, id, withTerminal);
    }

    private String create(Session session, EngineApi engine, RunRequest request) {
        if (quiet) {
            return engine.projects().createRun(request, event -> {});
        }
        try (Progress progress = session.progress("run")) {
            return engine.projects().createRun(request, progress);
        }
    }

    @SuppressWarnings("try") // the registration is there to be closed
    private int attached(Session session, EngineApi engine, Project project, String id, boolean withTerminal) {
        try (AttachSession streams = engine.containers().attach(new AttachRequest(id, interactive, null, ""));
                Registration proxy = new SignalProxy(engine, id).begin(session)) {
            Interaction interaction = new Interaction(session, streams, interactive, withTerminal);
            interaction.resize();
            return start(session, engine, project, id, () -> {
                int code = interaction.run();
                awaitRemoval(engine, id, interaction);
                return code;
            });
        }
    }

    /** So that nothing is left when the command returns; whether it has gone already or goes now is the same. */
    private void awaitRemoval(EngineApi engine, String id, Interaction interaction) {
        if (remove && !interaction.isDetached()) {
            try {
                int ignored = engine.containers().await(id, WaitCondition.REMOVED);
            } catch (EngineException e) {
                if (e.kind() != EngineException.Kind.NOT_FOUND) {
                    throw e;
                }
            }
        }
    }

    @FunctionalInterface
    private interface Afterwards {
        int run();
    }

    private int start(Session session, EngineApi engine, Project project, String id, Afterwards afterwards) {
        try {
            engine.containers().start(id);
        } catch (EngineException e) {
            int code = exitCode(engine, project, id);
            if (remove) {
                engine.containers().remove(id, true, true);
            }
            if (code == 0) {
                throw e;
            }
            session.err().println(e.getMessage());
            return code;
        }
        return afterwards.run();
    }

    /** Of a container that could not be started: 125 to 127, as shells have it. */
    private static int exitCode(EngineApi engine, Project project, String id) {
        return engine.containers().list(Optional.of(project.name())).stream()
                .filter(container -> container.id().equals(id))
                .mapToInt(ContainerSummary::exitCode)
                .findFirst()
                .orElse(0);
    }
}
