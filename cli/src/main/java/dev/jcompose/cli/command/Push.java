package dev.jcompose.cli.command;

import dev.jcompose.cli.command.image.ImagePush;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code push}. */
@Command(name = "push", description = "Push service images")
final class Push implements ComposeCommand {
    @Option(names = "--ignore-push-failures", description = "Push what it can, and ignore images with push failures")
    boolean ignoreFailures;

    @Option(names = "--include-deps", description = "Also push images of services declared as dependencies")
    boolean includeDependencies;

    @Option(
            names = {"-q", "--quiet"},
            description = "Push without printing progress information")
    boolean quiet;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        Project all = session.load(services).project();
        Project project;
        try {
            project = services.isEmpty() ? all : all.withServices(Set.copyOf(services), includeDependencies);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        List<String> images = new ArrayList<>();
        for (Service service : project.services()) {
            boolean wanted = services.isEmpty() || includeDependencies || services.contains(service.name());
            if (!wanted || service.build() == null) {
                continue;
            }
            if (service.image() == null) {
                session.warn("Service \"%s\" has a build but no image name: skipped".formatted(service.name()));
            } else if (!images.contains(service.image())) {
                images.add(service.image());
            }
        }
        if (images.isEmpty()) {
            return 0;
        }
        ImagePush.push(session, images, ignoreFailures, quiet);
        return 0;
    }
}
