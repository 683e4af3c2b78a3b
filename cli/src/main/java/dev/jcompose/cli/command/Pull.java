package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest.Item;
import dev.jcompose.engine.api.RegistryEnvironment;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pull}. */
@Command(name = "pull", description = "Pull service images")
final class Pull implements ComposeCommand {
    private static final String HOST = "localhost/host";

    @Option(names = "--ignore-buildable", description = "Ignore images that can be built")
    boolean ignoreBuildable;

    @Option(names = "--ignore-pull-failures", description = "Pull what it can, and ignore images with pull failures")
    boolean ignoreFailures;

    @Option(names = "--include-deps", description = "Also pull services declared as dependencies")
    boolean includeDependencies;

    @Option(
            names = {"--parallel", "--no-parallel"},
            hidden = true)
    boolean parallel;

    @Option(names = "--policy", paramLabel = "POLICY", description = "Apply pull policy (\"missing\"|\"always\")")
    @Nullable
    String policy;

    @Option(
            names = {"-q", "--quiet"},
            description = "Pull without printing progress information")
    boolean quiet;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    private final Set<String> failed = new LinkedHashSet<>();

    @Override
    public int run(Session session) {
        if (policy != null && !Set.of("missing", "always").contains(policy)) {
            throw new CommandException("unsupported pull policy \"%s\": always or missing".formatted(policy));
        }
        Project project = session.load(services).project();
        List<Item> items = new ArrayList<>();
        Set<String> buildable = new TreeSet<>();
        try (Progress progress = session.progress("pull")) {
            OwnEvents events = new OwnEvents(session, project.name(), event -> show(event, progress));
            for (Service service : selected(project)) {
                item(project, service, items, events);
            }
            pull(session, items, events, progress);
        }
        items.stream()
                .filter(item -> failed.contains(item.image()) && item.buildable())
                .forEach(item -> buildable.add(item.service()));
        if (ignoreFailures && !failed.isEmpty() && !buildable.isEmpty()) {
            session.warn("Some service image(s) must be built from source by running:\n    jcompose build "
                    + String.join(" ", buildable));
        }
        return 0;
    }

    private void pull(Session session, List<Item> items, OwnEvents events, Progress progress) {
        if (items.isEmpty()) {
            return;
        }
        PullImagesRequest request = new PullImagesRequest(
                items, ignoreFailures, RegistryEnvironment.of(session.world().environment()), null);
        if (session.options().isDryRun()) {
            new PullRehearsal(session.engine().images(), events).run(request);
        } else {
            session.engine().images().pull(request, event -> show(event, progress));
        }
    }

    private Collection<Service> selected(Project project) {
        try {
            return services.isEmpty()
                    ? project.services()
                    : project.withServices(Set.copyOf(services), includeDependencies).services().stream()
                            .filter(service -> includeDependencies || services.contains(service.name()))
                            .toList();
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private void item(Project project, Service service, List<Item> items, OwnEvents events) {
        String image = project.imageName(service);
        String own = service.pullPolicy() == null ? "" : service.pullPolicy();
        boolean canBuild = service.build() != null;
        String skipped = null;
        if (service.image() == null || image.equals(HOST) || image.equals(HOST + ":latest")) {
            skipped = "No image to be pulled";
        } else if (own.equals("never") || own.equals("build")) {
            skipped = "pull_policy is \"" + own + "\"";
        } else if (canBuild && ignoreBuildable) {
            skipped = "Image can be built";
        }
        if (skipped != null) {
            events.image(image, Action.SKIPPED, Event.Status.DONE, skipped);
            return;
        }
        items.add(new Item(service.name(), image, service.platform(), policy(image, own), canBuild));
    }

    /** An explicit pull gets what is new, except where the file or the option says that what is here will do. */
    private String policy(String image, String own) {
        if (policy != null) {
            return policy;
        }
        boolean present = own.equals("missing") || own.equals("if_not_present");
        boolean latest = image.endsWith(":latest")
                || (image.indexOf('@') < 0 && image.lastIndexOf(':') <= image.lastIndexOf('/'));
        return present && !latest ? "missing" : "always";
    }

    private void show(Event event, Progress progress) {
        if (event.action().equals(Action.WARNING) || event.action().equals(Action.ERROR)) {
            failed.add(event.name());
        }
        if (!quiet || event.status() == Event.Status.ERROR || event.status() == Event.Status.WARNING) {
            progress.on(event);
        }
    }
}
