package dev.jcompose.cli.command;

import dev.jcompose.engine.api.ServicesRequest;
import java.util.HashSet;
import java.util.Set;
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
        ServicesRequest request =
                new ServicesRequest(target.name(), killed(target), null, signal, false).in(target.directory());
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

    /** Without names: all services of the file, or with orphans whatever the project has. */
    private Set<String> killed(Target target) {
        if (!services.isEmpty() || removeOrphans || target.project().isEmpty()) {
            return Set.copyOf(services);
        }
        Set<String> known =
                new HashSet<>(target.project().get().servicesByName().keySet());
        known.addAll(target.project().get().disabledServices().keySet());
        return known;
    }
}
