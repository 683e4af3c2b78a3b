package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code create}: {@code up} without the start. */
@Command(name = "create", description = "Creates containers for a service")
final class Create implements ComposeCommand {
    @Option(names = "--force-recreate", description = "Recreate containers even if nothing has changed")
    boolean forceRecreate;

    @Option(names = "--no-recreate", description = "If containers already exist, don't recreate them")
    boolean noRecreate;

    @Option(names = "--remove-orphans", description = "Remove containers for services not defined in the Compose file")
    boolean removeOrphans;

    @Mixin
    BuildOptions build = new BuildOptions();

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        if (forceRecreate && noRecreate) {
            throw new CommandException("--force-recreate and --no-recreate are incompatible");
        }
        build.check();
        session.target(services);
        Project project = session.load(services).project();
        build.check(project);
        UpRequest request = new UpRequest(
                ProjectWriter.toJson(project),
                Set.copyOf(services),
                false,
                forceRecreate
                        ? UpRequest.Recreate.FORCE
                        : noRecreate ? UpRequest.Recreate.NEVER : UpRequest.Recreate.DIVERGED,
                true,
                removeOrphans,
                false,
                Map.of(),
                false,
                null,
                null);
        try (Progress progress = session.progress("create")) {
            session.engine().up(request, progress);
        }
        return 0;
    }
}
