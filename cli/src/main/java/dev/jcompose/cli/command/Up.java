package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.api.UpRequestBuilder;
import dev.jcompose.model.Project;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code up}. */
@Command(name = "up", description = "Create and start containers", sortOptions = true)
final class Up implements ComposeCommand {
    @Option(
            names = {"-d", "--detach"},
            description = "Detached mode: Run containers in the background")
    boolean detach;

    @Option(names = "--always-recreate-deps", description = "Recreate dependent containers too")
    boolean alwaysRecreateDeps;

    @Option(names = "--no-deps", description = "Don't start linked services")
    boolean noDeps;

    @Option(names = "--no-start", description = "Don't start the services after creating them")
    boolean noStart;

    @Option(
            names = {"-V", "--renew-anon-volumes"},
            description = "Recreate anonymous volumes instead of retrieving data from the previous containers")
    boolean renewAnonVolumes;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "SECONDS",
            description = "Use this timeout in seconds for container shutdown")
    @Nullable
    Integer timeout;

    @Option(names = "--wait", description = "Wait for services to be running or healthy. Implies detached mode")
    boolean wait;

    @Option(
            names = "--wait-timeout",
            paramLabel = "SECONDS",
            description = "Maximum duration to wait for the project to be running or healthy")
    @Nullable
    Integer waitTimeout;

    @Option(names = "--timings", description = "Show where the time went: each step, and the critical path")
    boolean timings;

    @Mixin
    AttachOptions attach = new AttachOptions();

    @Mixin
    RecreateOptions recreate = new RecreateOptions();

    @Mixin
    BuildOptions build = new BuildOptions();

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        check(session);
        if (!services.isEmpty()) {
            session.target(services);
        }
        LoadResult loaded = session.load(services);
        Project project = loaded.project();
        if (project.services().isEmpty()) {
            throw new CommandException("no service selected");
        }
        attach.check(project.servicesByName().keySet());
        VolumeQuestion question = new VolumeQuestion(session, build.yes);
        UpRequestBuilder request = request(session, loaded);
        if (detach || wait || noStart || session.options().isDryRun()) {
            question.up("up", request);
            if (session.options().isDryRun() && !detach && !wait && !noStart) {
                session.err().println("end of 'jcompose up' output, interactive run is not supported in dry-run mode");
            }
            return 0;
        }
        UpWatch watch = new UpWatch(session, loaded, Set.copyOf(services), build);
        if (attach.watch) {
            watch.check();
        }
        AttachedRun run = new AttachedRun(session, project, Set.copyOf(services), attach, timeout, watch);
        int[] code = new int[1];
        question.up(request, asked -> code[0] = run.run(asked));
        return code[0];
    }

    /** What is attached stays so when the engine is started again. */
    @Override
    public boolean outlivesEngine() {
        return !detach && !wait && !noStart;
    }

    /** In the order and the words of {@code docker compose}. */
    private void check(Session session) {
        if (waitTimeout != null && waitTimeout < 0) {
            throw new CommandException("--wait-timeout must be a non-negative integer");
        }
        attach.check(detach, wait);
        build.check();
        refuse(build.noBuild && attach.watch, "--no-build and --watch are incompatible");
        refuse(recreate.noRecreate && renewAnonVolumes, "--no-recreate and --renew-anon-volumes are incompatible");
        refuse(recreate.forceRecreate && recreate.noRecreate, "--force-recreate and --no-recreate are incompatible");
        refuse(alwaysRecreateDeps && recreate.noRecreate, "--always-recreate-deps and --no-recreate are incompatible");
        recreate.check(session);
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new CommandException(message);
        }
    }

    private Execution execution(Session session) {
        Execution usual = session.execution();
        return new Execution(usual.dryRun(), usual.parallel(), timings);
    }

    private UpRequestBuilder request(Session session, LoadResult loaded) {
        UpRequestBuilder request = UpRequest.builder(ProjectWriter.toJson(loaded.project()))
                .services(Set.copyOf(services))
                .noDeps(noDeps)
                .noStart(noStart)
                .renewAnonymousVolumes(renewAnonVolumes)
                .awaitReady(wait)
                .waitTimeoutSeconds(waitTimeout == null || waitTimeout == 0 ? null : waitTimeout)
                .stopTimeoutSeconds(timeout)
                .images(build.images(session.world(), loaded))
                .execution(execution(session));
        recreate.addTo(request, loaded.project(), loaded.environment());
        if (renewAnonVolumes) {
            request.recreate(UpRequest.Recreate.FORCE);
        }
        if (alwaysRecreateDeps) {
            request.recreateDependencies(UpRequest.Recreate.FORCE);
        }
        return request;
    }
}
