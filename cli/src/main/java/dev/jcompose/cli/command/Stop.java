package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ProjectOperations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stop}. */
@Command(name = "stop", description = "Stop services")
final class Stop extends ServicesCommand {
    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "SECONDS",
            description = "Specify a shutdown timeout in seconds")
    @Nullable
    Integer timeout;

    @Override
    public int run(Session session) {
        run(session, "stop", timeout, null, false, ProjectOperations::stop);
        return 0;
    }
}
