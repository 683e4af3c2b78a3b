package dev.jcompose.cli.command;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pause}. */
@Command(name = "pause", description = "Pause services")
final class Pause implements ComposeCommand {
    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        new Freezing(session, true).run(services);
        return 0;
    }
}
