package dev.jcompose.cli.command;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.api.UpRequestBuilder;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code create}: {@code up} without the start. */
@Command(name = "create", description = "Create containers for a service")
final class Create implements ComposeCommand {
    @Mixin
    RecreateOptions recreate = new RecreateOptions();

    @Mixin
    BuildOptions build = new BuildOptions();

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        build.check();
        recreate.check(session);
        if (!services.isEmpty()) {
            session.target(services);
        }
        LoadResult loaded = session.load(services);
        UpRequestBuilder request = UpRequest.builder(ProjectWriter.toJson(loaded.project()))
                .services(Set.copyOf(services))
                .noStart(true)
                .images(build.images(session.world(), loaded))
                .execution(session.execution());
        recreate.addTo(request, loaded.project(), loaded.environment());
        new VolumeQuestion(session, build.yes).up("create", request);
        return 0;
    }
}
