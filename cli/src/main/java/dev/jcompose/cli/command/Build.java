package dev.jcompose.cli.command;

import dev.jcompose.cli.command.image.ImagePush;
import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.output.ProgressMode;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.json.Json;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.value.ByteSizes;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code build}. */
@Command(name = "build", description = "Build or rebuild services", sortOptions = true)
final class Build implements ComposeCommand {
    @Option(names = "--build-arg", paramLabel = "NAME[=VALUE]", description = "Set build-time variables for services")
    List<String> buildArgs = new ArrayList<>();

    @Option(
            names = "--builder",
            paramLabel = "NAME",
            description = "Set builder to use (ignored: jcompose builds itself)")
    @Nullable
    String builder;

    @Option(names = "--check", description = "Check build configuration")
    boolean check;

    @Option(
            names = {"--compress", "--force-rm", "--no-rm", "--parallel"},
            hidden = true)
    boolean ignored;

    @Option(
            names = {"-m", "--memory"},
            paramLabel = "BYTES",
            description = "Set memory limit for the commands of the build")
    @Nullable
    String memory;

    @Option(names = "--no-cache", description = "Do not use cache when building the image")
    boolean noCache;

    @Option(names = "--print", description = "Print equivalent bake file")
    boolean print;

    @Option(names = "--progress", hidden = true)
    @Nullable
    String progress;

    @Option(names = "--provenance", paramLabel = "VALUE", description = "Add a provenance attestation (ignored)")
    @Nullable
    String provenance;

    @Option(names = "--pull", description = "Always attempt to pull a newer version of the image")
    boolean pull;

    @Option(names = "--push", description = "Push service images")
    boolean push;

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress the build output")
    boolean quiet;

    @Option(names = "--sbom", paramLabel = "VALUE", description = "Add a SBOM attestation (ignored)")
    @Nullable
    String sbom;

    @Option(
            names = "--ssh",
            paramLabel = "ID[=SOCKET]",
            description =
                    "Set SSH authentications used when building service images (use 'default' for the default agent)")
    List<String> ssh = new ArrayList<>();

    @Option(names = "--with-dependencies", description = "Also build dependencies (transitively)")
    boolean withDependencies;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        warn(session);
        session.target(services);
        LoadResult loaded = session.load(services);
        Project project = loaded.project();
        if (print) {
            session.out().println(Json.write(bake(project)));
            return 0;
        }
        boolean dryRun = session.options().isDryRun();
        BuildRequest request = request(session, loaded, check || dryRun);
        ProgressMode mode = quiet ? ProgressMode.QUIET : session.progressMode();
        boolean[] warned = {false};
        try (Progress shown = session.progress(mode, "build")) {
            session.engine().builds().build(request, event -> {
                warned[0] |= event.status() == Event.Status.WARNING;
                shown.on(event);
            });
            if (dryRun && !check) {
                tell(project, new OwnEvents(session, project.name(), shown));
            }
        }
        if (push && !check && !dryRun) {
            ImagePush.push(session, pushed(project), false, quiet);
        }
        if (check && !quiet) {
            session.out().println(warned[0] ? "Check complete." : "Check complete, no warnings found.");
        }
        return 0;
    }

    /** What would be built, now that its Dockerfiles have been read. */
    private void tell(Project project, OwnEvents events) {
        for (Service service : project.services()) {
            boolean meant = services.isEmpty() || withDependencies || services.contains(service.name());
            if (meant && service.build() != null) {
                String image = project.imageName(service);
                events.image(image, Event.Action.BUILDING, Event.Status.WORKING, "");
                events.image(image, Event.Action.BUILT, Event.Status.DONE, "");
            }
        }
        if (push) {
            ImagePush.tell(pushed(project), events);
        }
    }

    /** The images to push. What has no name of its own belongs to no registry. */
    private List<String> pushed(Project project) {
        List<String> images = new ArrayList<>();
        for (Service service : project.services()) {
            var build = service.build();
            boolean meant = services.isEmpty() || services.contains(service.name());
            if (build != null && meant && service.image() != null) {
                images.add(service.image());
                images.addAll(build.tags());
            }
        }
        return images;
    }

    private void warn(Session session) {
        if (builder != null) {
            session.warn("--builder is ignored: jcompose builds by itself");
        }
        for (String attestation : new String[] {provenance, sbom}) {
            if (attestation != null && !attestation.equals("false")) {
                session.warn("no attestations are made: --provenance and --sbom are ignored");
                return;
            }
        }
    }

    private BuildRequest request(Session session, LoadResult loaded, boolean checkOnly) {
        return new BuildRequest(
                ProjectWriter.toJson(loaded.project()),
                Set.copyOf(services),
                withDependencies,
                args(loaded.environment()),
                noCache,
                pull,
                checkOnly,
                memory == null ? null : Long.valueOf(bytes(memory)),
                ssh,
                BuildVariables.of(session.world().environment(), loaded));
    }

    private static long bytes(String text) {
        try {
            return ByteSizes.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    "invalid argument \"%s\" for \"-m, --memory\" flag: %s".formatted(text, e.getMessage()));
        }
    }

    /** Without a value: what the environment says, nothing if it says nothing. */
    private Map<String, String> args(Map<String, String> environment) {
        Map<String, String> args = new HashMap<>();
        for (String argument : buildArgs) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? environment.get(name) : argument.substring(equals + 1);
            if (value != null) {
                args.put(name, value);
            }
        }
        return args;
    }

    /** The builds in the form of {@code docker buildx bake}. */
    private Map<String, Object> bake(Project project) {
        Map<String, Object> targets = new LinkedHashMap<>();
        for (Service service : project.services()) {
            var build = service.build();
            if (build == null || !(services.isEmpty() || services.contains(service.name()))) {
                continue;
            }
            Map<String, Object> target = new LinkedHashMap<>();
            put(target, "context", build.context());
            put(target, "dockerfile", build.dockerfile());
            put(target, "dockerfile-inline", build.dockerfileInline());
            if (!build.args().isEmpty()) {
                target.put("args", build.args());
            }
            if (!build.labels().isEmpty()) {
                target.put("labels", build.labels());
            }
            List<String> tags = new ArrayList<>(List.of(project.imageName(service)));
            tags.addAll(build.tags());
            target.put("tags", tags);
            put(target, "target", build.target());
            if (!build.platforms().isEmpty()) {
                target.put("platforms", build.platforms());
            }
            target.put("output", List.of(push ? "type=registry" : "type=docker"));
            targets.put(service.name(), target);
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("group", Map.of("default", Map.of("targets", List.copyOf(targets.keySet()))));
        file.put("target", targets);
        return file;
    }

    private static void put(Map<String, Object> target, String key, @Nullable String value) {
        if (value != null) {
            target.put(key, value);
        }
    }
}
