package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code image tag} and {@code tag}. */
@Command(name = "image tag", description = "Give an image one more name")
public final class ImageTag implements ComposeCommand {
    @Parameters(index = "0", paramLabel = "IMAGE")
    String image = "";

    @Parameters(index = "1", paramLabel = "NAME[:TAG]")
    String name = "";

    @Override
    public int run(Session session) {
        session.engine().images().tag(image, name);
        return 0;
    }
}
