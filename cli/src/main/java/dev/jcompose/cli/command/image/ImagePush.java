package dev.jcompose.cli.command.image;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.api.RegistryEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image push}: images by name, without a project. */
@Command(name = "image push", description = "Upload images to a registry")
public final class ImagePush implements ComposeCommand {
    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress verbose output")
    boolean quiet;

    @Parameters(arity = "1..*", paramLabel = "IMAGE")
    List<String> images = new ArrayList<>();

    @Override
    public int run(Session session) {
        push(session, images, false, quiet);
        return 0;
    }

    /** Pushes images, and shows the progress unless it is to be {@code quiet}. */
    public static void push(Session session, List<String> images, boolean ignoreFailures, boolean quiet) {
        try (Progress progress = session.progress("push")) {
            EventListener shown = event -> {
                if (!quiet) {
                    progress.on(event);
                }
            };
            if (session.options().isDryRun()) {
                rehearse(session, images, new OwnEvents(session, "", shown));
                return;
            }
            Map<String, String> environment =
                    RegistryEnvironment.of(session.world().environment());
            session.engine().images().push(new PushImagesRequest(images, ignoreFailures, environment, null), shown);
        }
    }

    /** The registry is not asked whether it would take them. */
    private static void rehearse(Session session, List<String> images, OwnEvents events) {
        List<ImageSummary> present = session.engine().images().list();
        for (String image : images) {
            if (present.stream().noneMatch(found -> found.names().contains(ImageNames.withTag(image)))) {
                throw new CommandException("cannot push \"%s\": there is no such image".formatted(image));
            }
        }
        tell(images, events);
    }

    /** That they would be pushed. */
    public static void tell(List<String> images, OwnEvents events) {
        for (String image : images) {
            events.image(image, Action.PUSHING, Status.WORKING, "");
            events.image(image, Action.PUSHED, Status.DONE, "");
        }
    }
}
