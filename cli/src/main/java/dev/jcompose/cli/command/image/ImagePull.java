package dev.jcompose.cli.command.image;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest.Item;
import dev.jcompose.engine.api.RegistryEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image pull}: images by name, without a project. */
@Command(name = "image pull", description = "Download images from a registry")
public final class ImagePull implements ComposeCommand {
    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Of an image for several platforms, take this")
    @Nullable
    String platform;

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress verbose output")
    boolean quiet;

    @Parameters(arity = "1..*", paramLabel = "IMAGE")
    List<String> images = new ArrayList<>();

    @Override
    public int run(Session session) {
        List<Item> items = images.stream()
                .map(image -> new Item("", image, platform, "always", false))
                .toList();
        try (Progress progress = session.progress("pull")) {
            session.engine()
                    .images()
                    .pull(
                            new PullImagesRequest(
                                    items,
                                    false,
                                    RegistryEnvironment.of(session.world().environment()),
                                    null),
                            event -> {
                                if (!quiet) {
                                    progress.on(event);
                                }
                            });
        }
        images.forEach(session.out()::println);
        return 0;
    }
}
