package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.output.ProgressMode;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.watch.ProjectWatch;
import dev.jcompose.cli.watch.WatchException;
import dev.jcompose.cli.watch.WatchOutput;
import dev.jcompose.cli.watch.WatchRules;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.write.ProjectWriter;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch}. */
@Command(
        name = "watch",
        description = "Watch build context for service and rebuild/refresh containers when files are updated")
final class Watch implements ComposeCommand {
    /** 128 + SIGINT, as shells count. */
    private static final int INTERRUPTED = 130;

    @Option(names = "--no-up", description = "Do not build & start services before watching")
    boolean noUp;

    @Option(
            names = "--prune",
            paramLabel = "BOOL",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Prune dangling images on rebuild")
    boolean prune = true;

    @Option(names = "--quiet", description = "Hide build output")
    boolean quiet;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public boolean outlivesEngine() {
        return true;
    }

    @Override
    public int run(Session session) {
        try {
            return watch(session);
        } catch (WatchException e) {
            throw session.refusal(e.path(), String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("try") // both are there to be closed
    private int watch(Session session) {
        if (!services.isEmpty()) {
            session.target(services);
        }
        LoadResult loaded = session.load(services);
        Project project = loaded.project();
        WatchRules rules = WatchRules.of(project, Set.copyOf(services), true, session::warn);
        if (rules.isEmpty()) {
            throw new CommandException(
                    "none of the selected services is configured for watch, consider setting a" + " 'develop' section");
        }
        try (WatchLock lock = WatchLock.take(session, project.name());
                Registration interrupts = session.world().signals().onInterrupt(Thread.currentThread()::interrupt)) {
            if (!noUp) {
                up(session, loaded);
            }
            WatchOutput output = new Lines(session);
            new ProjectWatch(
                            project,
                            rules,
                            session::engine,
                            new WatchRebuild(session, loaded, output, quiet, prune),
                            output)
                    .run();
        }
        return INTERRUPTED;
    }

    /** What is to be built on changes is built at the start too. */
    private void up(Session session, LoadResult loaded) {
        Project project = loaded.project();
        Project built = project;
        for (Service service : project.services()) {
            if (service.build() != null && service.develop() != null) {
                built = built.withService(
                        service.toBuilder().pullPolicy("build").build());
            }
        }
        UpRequest request = UpRequest.builder(ProjectWriter.toJson(built))
                .services(Set.copyOf(services))
                .recreateDependencies(UpRequest.Recreate.NEVER)
                .images(new ImageOptions(
                        null,
                        false,
                        false,
                        quiet,
                        quiet,
                        BuildVariables.of(session.world().environment(), loaded)))
                .execution(session.execution())
                .build();
        ProgressMode mode = quiet ? ProgressMode.QUIET : session.progressMode();
        try (Progress progress = session.progress(mode, "up")) {
            session.engine().projects().up(request, progress);
        }
    }

    /** Lines as they are: nothing else is shown. */
    private record Lines(Session session) implements WatchOutput {
        @Override
        public void say(String line) {
            session.out().println(line);
            session.out().flush();
        }

        @Override
        public void warn(String problem) {
            session.warn(problem);
        }

        @Override
        public OutputStream out() {
            return session.out();
        }

        @Override
        public OutputStream err() {
            return session.err();
        }
    }
}
