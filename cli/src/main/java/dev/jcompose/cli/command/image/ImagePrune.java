package dev.jcompose.cli.command.image;

import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Pruning;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code image prune}. */
@Command(name = "image prune", description = "Remove unused images")
public final class ImagePrune implements ComposeCommand {
    @Option(
            names = {"-a", "--all"},
            description = "Remove all unused images, not just those without a name")
    boolean all;

    @Option(
            names = {"-f", "--force"},
            description = "Do not prompt for confirmation")
    boolean force;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Only images that match: label, until (a time, or 24h)")
    List<String> filters = new ArrayList<>();

    @Override
    public int run(Session session) {
        Pruning wanted = Pruning.parse(filters, session.world().clock().instant());
        if (!force
                && !Pruning.isConfirmed(
                        session,
                        all ? "all images without at least one container associated to them" : "all dangling images")) {
            return 0;
        }
        RemovedImages removed =
                session.engine().images().prune(new PruneImagesRequest(all, wanted.labels(), wanted.until()));
        if (!removed.deleted().isEmpty()) {
            session.out().println("Deleted Images:");
            ImageRemove.print(session, removed);
            session.out().println();
        }
        session.out().println("Total reclaimed space: " + HumanSize.of(removed.reclaimedBytes()));
        return 0;
    }
}
