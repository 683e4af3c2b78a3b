package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ProjectOperations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restart}. */
@Command(name = "restart", description = "Restart service containers")
final class Restart extends ServicesCommand {
    @Option(names = "--no-deps", description = "Don't restart dependent services")
    boolean noDeps;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "SECONDS",
            description = "Specify a shutdown timeout in seconds")
    @Nullable
    Integer timeout;

    @Override
    public int run(Session session) {
        run(session, "restart", timeout, null, noDeps, ProjectOperations::restart);
        return 0;
    }
}
