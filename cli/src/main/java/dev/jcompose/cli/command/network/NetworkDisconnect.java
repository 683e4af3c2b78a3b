package dev.jcompose.cli.command.network;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code network disconnect}. */
@Command(name = "disconnect", description = "Disconnect a container from a network")
public final class NetworkDisconnect implements ComposeCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Nothing has to be forced here")
    boolean force;

    @Parameters(index = "0", paramLabel = "NETWORK")
    String network = "";

    @Parameters(index = "1", paramLabel = "CONTAINER")
    String container = "";

    @Override
    public int run(Session session) {
        session.engine().networks().disconnect(network, container);
        return 0;
    }
}
