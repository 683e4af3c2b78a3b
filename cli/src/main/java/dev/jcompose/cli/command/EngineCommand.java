package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineVersion;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engine start}, {@code status} and {@code stop}: for boot scripts, and those who look under the bonnet. */
@Command(name = "engine", description = "Start, show or stop the engine (start, status, stop); containers run on")
final class EngineCommand implements ComposeCommand {
    @Parameters(index = "0", paramLabel = "ACTION", arity = "0..1", defaultValue = "status")
    String action = "status";

    @Option(names = "--force", description = "Stop it also while containers run")
    boolean force;

    @Override
    public int run(Session session) {
        return switch (action) {
            case "status" -> status(session);
            case "stop" -> stop(session);
            case "start" -> start(session);
            default -> throw new CommandException("unknown action \"%s\": start, status or stop".formatted(action));
        };
    }

    @Override
    public boolean outlivesEngine() {
        return true;
    }

    /** After a reboot it starts what is to run always. */
    private static int start(Session session) {
        session.engine();
        return status(session);
    }

    private static int status(Session session) {
        Optional<EngineVersion> running = session.world().engine().running();
        session.out()
                .println(running.map(version -> "running: version %s, build %s, pid %d"
                                .formatted(version.version(), version.buildId(), version.pid()))
                        .orElse("not running"));
        return 0;
    }

    private int stop(Session session) {
        session.out().println(session.world().engine().stop(force) ? "stopping" : "not running");
        return 0;
    }
}
