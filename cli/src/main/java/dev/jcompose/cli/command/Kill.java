package dev.jcompose.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kill}. */
@Command(name = "kill", description = "Force stop service containers")
final class Kill extends ServicesCommand {
    @Option(
            names = {"-s", "--signal"},
            paramLabel = "SIGNAL",
            defaultValue = "SIGKILL",
            description = "SIGNAL to send to the container")
    String signal = "SIGKILL";

    @Option(names = "--remove-orphans", description = "Remove containers for services not defined in the Compose file")
    boolean removeOrphans;

    private boolean killed;

    @Override
    public int run(Session session) {
        if (removeOrphans) {
            throw new CommandException("kill --remove-orphans is not supported; use down --remove-orphans");
        }
        run(
                session,
                "kill",
                null,
                signal,
                false,
                (engine, request, listener) -> engine.kill(request, event -> {
                    killed = true;
                    listener.on(event);
                }));
        if (!killed) {
            session.err().println("No container to kill");
        }
        return 0;
    }
}
