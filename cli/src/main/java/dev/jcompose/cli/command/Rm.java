package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ServicesRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rm}. */
@Command(name = "rm", description = "Remove stopped service containers")
final class Rm extends ServicesCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Don't ask to confirm removal")
    boolean force;

    @Option(
            names = {"-s", "--stop"},
            description = "Stop the containers, if required, before removing")
    boolean stop;

    @Option(
            names = {"-v", "--volumes"},
            description = "Remove any anonymous volumes attached to containers")
    boolean volumes;

    @Option(
            names = {"-a", "--all"},
            hidden = true)
    boolean all;

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        ServicesRequest request = new ServicesRequest(target.scope(services), null, null, false).withVolumes(volumes);
        if (stop) {
            run(session, "stop", request, ProjectOperations::stop);
        }
        boolean stoppedInDryRun = stop && session.options().isDryRun();
        List<String> names = session.engine().containers().list(Optional.of(target.name())).stream()
                .filter(container -> !container.oneOff()
                        && request.scope().includes(container.service())
                        && (stoppedInDryRun || !hasProcesses(container)))
                .map(ContainerSummary::name)
                .sorted(Comparator.naturalOrder())
                .toList();
        if (names.isEmpty()) {
            session.err().println("No stopped containers");
            return 0;
        }
        String question = names.stream().collect(Collectors.joining(", ", "Going to remove ", ""));
        if (force) {
            session.out().println(question);
            session.out().flush();
        } else if (!session.confirm(question)) {
            return 0;
        }
        if (stoppedInDryRun) {
            tell(session, target.name(), names);
        } else {
            run(session, "rm", request, ProjectOperations::remove);
        }
        return 0;
    }

    /** For the engine these still run. */
    private static void tell(Session session, String project, List<String> names) {
        try (Progress progress = session.progress("rm")) {
            OwnEvents events = new OwnEvents(session, project, progress);
            for (String name : names) {
                events.container(name, Action.REMOVING, Status.WORKING);
                events.container(name, Action.REMOVED, Status.DONE);
            }
        }
    }

    private static boolean hasProcesses(ContainerSummary container) {
        return container.state().equals("running") || container.state().equals("paused");
    }
}
