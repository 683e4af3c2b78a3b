package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ServicesRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code start}. */
@Command(name = "start", description = "Start services")
final class Start extends ServicesCommand {
    @Option(names = "--wait", description = "Wait for services to be running or healthy")
    boolean wait;

    @Option(
            names = "--wait-timeout",
            paramLabel = "SECONDS",
            description = "Maximum duration to wait for the project to be running or healthy")
    @Nullable
    Integer waitTimeout;

    @Override
    public int run(Session session) {
        if (waitTimeout != null && waitTimeout < 0) {
            throw new CommandException("--wait-timeout must be a non-negative integer");
        }
        Target target = session.target(services);
        ServicesRequest request = new ServicesRequest(target.scope(services), null, null, false);
        Integer limit = waitTimeout == null || waitTimeout == 0 ? null : waitTimeout;
        run(session, "start", wait ? request.awaitingReady(limit) : request, ProjectOperations::start);
        return 0;
    }
}
