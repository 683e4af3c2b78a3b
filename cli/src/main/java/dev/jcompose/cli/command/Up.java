package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Project;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Option(names = "--force-recreate", description = "Recreate containers even if nothing has changed")
    boolean forceRecreate;

    @Option(names = "--no-recreate", description = "If containers already exist, don't recreate them")
    boolean noRecreate;

    @Option(names = "--always-recreate-deps", description = "Recreate dependent containers too")
    boolean alwaysRecreateDeps;

    @Option(names = "--no-deps", description = "Don't start linked services")
    boolean noDeps;

    @Option(names = "--no-start", description = "Don't start the services after creating them")
    boolean noStart;

    @Option(names = "--remove-orphans", description = "Remove containers for services not defined in the Compose file")
    boolean removeOrphans;

    @Option(
            names = {"-V", "--renew-anon-volumes"},
            description = "Recreate anonymous volumes instead of retrieving data from the previous containers")
    boolean renewAnonVolumes;

    @Option(
            names = "--scale",
            paramLabel = "SERVICE=N",
            description = "Scale SERVICE to N instances; overrides the scale setting in the Compose file")
    List<String> scale = new ArrayList<>();

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

    @Mixin
    AttachOptions attach = new AttachOptions();

    @Mixin
    BuildOptions build = new BuildOptions();

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        check(session);
        session.target(services);
        LoadResult loaded = session.load(services);
        Project project = loaded.project();
        if (project.services().isEmpty()) {
            throw new CommandException("no service selected");
        }
        build.check(project);
        attach.check(project.servicesByName().keySet());
        UpRequest request = request(session, loaded);
        if (detach || wait || noStart) {
            try (Progress progress = session.progress("up")) {
                session.engine().up(request, progress);
            }
            return 0;
        }
        return new AttachedRun(session, project, Set.copyOf(services), attach, timeout).run(request);
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
        refuse(noRecreate && renewAnonVolumes, "--no-recreate and --renew-anon-volumes are incompatible");
        refuse(forceRecreate && noRecreate, "--force-recreate and --no-recreate are incompatible");
        refuse(alwaysRecreateDeps && noRecreate, "--always-recreate-deps and --no-recreate are incompatible");
        refuse(
                removeOrphans && session.world().flag("COMPOSE_IGNORE_ORPHANS"),
                "cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans");
        refuse(session.options().isDryRun(), "--dry-run is not supported yet");
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new CommandException(message);
        }
    }

    private UpRequest request(Session session, LoadResult loaded) {
        String orphans = loaded.environment().getOrDefault("COMPOSE_REMOVE_ORPHANS", "");
        return new UpRequest(
                ProjectWriter.toJson(loaded.project()),
                Set.copyOf(services),
                noDeps,
                recreate(),
                noStart,
                removeOrphans
                        || session.world().flag("COMPOSE_REMOVE_ORPHANS")
                        || orphans.equals("1")
                        || orphans.equalsIgnoreCase("true"),
                renewAnonVolumes,
                scale(loaded.project()),
                wait,
                waitTimeout,
                timeout);
    }

    private UpRequest.Recreate recreate() {
        if (forceRecreate || alwaysRecreateDeps) {
            return UpRequest.Recreate.FORCE;
        }
        return noRecreate ? UpRequest.Recreate.NEVER : UpRequest.Recreate.DIVERGED;
    }

    private Map<String, Integer> scale(Project project) {
        Map<String, Integer> replicas = new LinkedHashMap<>();
        for (String specifier : scale) {
            int equals = specifier.indexOf('=');
            if (equals < 0) {
                throw new CommandException("invalid --scale option \"%s\". Should be SERVICE=NUM".formatted(specifier));
            }
            String service = specifier.substring(0, equals);
            new Target(project.name(), Optional.of(project)).check(List.of(service));
            try {
                replicas.put(service, Integer.parseUnsignedInt(specifier.substring(equals + 1)));
            } catch (NumberFormatException e) {
                throw new CommandException("invalid --scale option \"%s\": not a number".formatted(specifier));
            }
        }
        return replicas;
    }
}
