package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kill}. */
@Command(name = "kill", description = "Force stop service containers")
final class Kill extends ServicesCommand {
    @Option(
            names = {"-s", "--signal"},
            paramLabel = "SIGNAL",
            defaultValue = "SIGKILL",
            description = "Signal to send to the container (default: SIGKILL)")
    String signal = "SIGKILL";

    @Option(names = "--remove-orphans", description = "Also kill containers of services not defined in the file")
    boolean removeOrphans;

    private boolean killed;

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        ServiceScope scope = removeOrphans ? target.scopeWithOrphans(services) : target.scope(services);
        ServicesRequest request = new ServicesRequest(scope, null, signal, false);
        run(
                session,
                "kill",
                request,
                (projects, asked, listener) -> projects.kill(asked, event -> {
                    killed = true;
                    listener.on(event);
                }));
        if (!killed) {
            session.err().println("No container to kill");
        }
        return 0;
    }
}
