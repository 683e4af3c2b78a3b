package dev.jcompose.cli.command.network;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Pruning;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.PruneNetworksRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code network prune}. */
@Command(name = "prune", description = "Remove networks that no container uses")
public final class NetworkPrune implements ComposeCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Do not prompt for confirmation")
    boolean force;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Only networks that match: label, until (a time, or 24h)")
    List<String> filters = new ArrayList<>();

    @Override
    public int run(Session session) {
        Pruning wanted = Pruning.parse(filters, session.world().clock().instant());
        if (!force && !Pruning.isConfirmed(session, "all custom networks not used by at least one container")) {
            return 0;
        }
        List<String> removed =
                session.engine().networks().prune(new PruneNetworksRequest(wanted.labels(), wanted.until()));
        if (!removed.isEmpty()) {
            session.out().println("Deleted Networks:");
            removed.forEach(session.out()::println);
            session.out().println();
        }
        return 0;
    }
}
