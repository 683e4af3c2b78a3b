package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.watch.Rebuild;
import dev.jcompose.cli.watch.WatchOutput;
import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Project;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.write.ProjectWriter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a watch rule's {@code rebuild} does: images are built, and containers made from them. */
final class WatchRebuild implements Rebuild {
    private static final String IMAGE = "com.docker.compose.image";

    private final Project project;
    private final Map<String, String> environment;
    private final WatchOutput output;
    private final boolean quiet;
    private final boolean prune;

    /**
     * Builds nothing yet.
     *
     * @param quiet without the output of builds
     * @param prune whether the images go that are replaced
     */
    WatchRebuild(Session session, LoadResult loaded, WatchOutput output, boolean quiet, boolean prune) {
        this.project = loaded.project();
        this.environment = BuildVariables.of(session.world().environment(), loaded);
        this.output = output;
        this.quiet = quiet;
        this.prune = prune;
    }

    @Override
    public void run(EngineApi engine, Set<String> services) {
        String names = services.stream()
                .sorted()
                .map(service -> "\"" + service + "\"")
                .collect(Collectors.joining(" ", "[", "]"));
        output.say("Rebuilding service(s) " + names + " after changes were detected...");
        Set<String> before = images(engine, services);
        build(engine, services);
        output.say("service(s) " + names + " successfully built");
        try {
            engine.projects()
                    .up(
                            UpRequest.builder(ProjectWriter.toJson(project))
                                    .services(services)
                                    .noDeps(true)
                                    .recreate(UpRequest.Recreate.FORCE)
                                    .images(new ImageOptions(null, false, true, true, true, environment))
                                    .build(),
                            event -> {});
        } catch (EngineException e) {
            output.say("Failed to recreate services after update. Error: " + e.getMessage());
            throw e;
        }
        if (prune) {
            before.removeAll(images(engine, services));
            prune(engine, before);
        }
    }

    private void build(EngineApi engine, Set<String> services) {
        try {
            engine.builds()
                    .build(
                            BuildRequest.of(ProjectWriter.toJson(project), services)
                                    .with(environment),
                            event -> {
                                @Nullable String line = event.attributes().get(BuildRequest.OUTPUT);
                                if (line != null && !quiet) {
                                    output.say(line);
                                }
                            });
        } catch (EngineException e) {
            output.say("Build failed. Error: " + e.getMessage());
            throw e;
        }
    }

    private Set<String> images(EngineApi engine, Set<String> services) {
        return engine.containers().list(Optional.of(project.name())).stream()
                .filter(container -> services.contains(container.service()))
                .map(ContainerSummary::labels)
                .map(labels -> labels.getOrDefault(IMAGE, ""))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void prune(EngineApi engine, Set<String> replaced) {
        for (ImageSummary image : engine.images().list()) {
            if (replaced.contains(image.id()) && image.names().isEmpty() && image.containers() == 0) {
                engine.images().remove(image.id(), true);
            }
        }
    }
}
