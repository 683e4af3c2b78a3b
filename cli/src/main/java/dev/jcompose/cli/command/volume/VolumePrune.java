package dev.jcompose.cli.command.volume;

import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Pruning;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.VolumeOperations.PrunedVolumes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code volume prune}. */
@Command(name = "prune", description = "Remove volumes that no container uses, with their data")
public final class VolumePrune implements ComposeCommand {
    @Option(
            names = {"-a", "--all"},
            description = "Also volumes that have a name, not just anonymous ones")
    boolean all;

    @Option(
            names = {"-f", "--force"},
            description = "Do not ask")
    boolean force;

    @Override
    public int run(Session session) {
        if (!force
                && !Pruning.isConfirmed(
                        session, (all ? "all" : "anonymous") + " local volumes not used by at least one container")) {
            return 0;
        }
        PrunedVolumes pruned = session.engine().volumes().prune(all);
        if (!pruned.names().isEmpty()) {
            session.out().println("Deleted Volumes:");
            pruned.names().forEach(session.out()::println);
            session.out().println();
        }
        session.out().println("Total reclaimed space: " + HumanSize.of(pruned.bytes()));
        return 0;
    }
}
