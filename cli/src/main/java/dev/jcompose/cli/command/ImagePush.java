package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.api.RegistryEnvironment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image push}: images by name, without a project. */
@Command(name = "image push", description = "Upload images to a registry")
final class ImagePush implements ComposeCommand {
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
    static void push(Session session, List<String> images, boolean ignoreFailures, boolean quiet) {
        try (Progress progress = session.progress("push")) {
            session.engine()
                    .images()
                    .push(
                            new PushImagesRequest(
                                    images,
                                    ignoreFailures,
                                    RegistryEnvironment.of(session.world().environment()),
                                    null),
                            event -> {
                                if (!quiet) {
                                    progress.on(event);
                                }
                            });
        }
    }
}
