package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.ServiceScope;
import java.util.List;

/** What {@code pause} and {@code unpause} have in common: each running container, one after the other. */
final class Freezing {
    private final Session session;
    private final boolean pause;

    Freezing(Session session, boolean pause) {
        this.session = session;
        this.pause = pause;
    }

    void run(List<String> services) {
        Target target = session.target(services);
        EngineApi engine = session.engine();
        ServiceScope scope = target.scope(services);
        List<ContainerSummary> containers = ContainerSelection.own(engine, target, services, true).stream()
                .filter(container -> scope.includes(container.service()))
                .filter(container -> isWanted(container, !services.isEmpty()))
                .toList();
        if (containers.isEmpty()) {
            return;
        }
        try (Progress progress = session.progress(pause ? "pause" : "unpause")) {
            OwnEvents events = new OwnEvents(session, target.name(), progress);
            containers.forEach(container -> run(engine, container, events));
        }
    }

    /**
     * Of all services, only those with which there is something to do; of those named, the engine says what is wrong.
     */
    private boolean isWanted(ContainerSummary container, boolean named) {
        return container.isRunning() && (named || pause != container.state().equals("paused"));
    }

    private void run(EngineApi engine, ContainerSummary container, OwnEvents events) {
        events.container(container, pause ? Action.PAUSING : Action.UNPAUSING, Status.WORKING);
        try {
            if (session.options().isDryRun()) {
                rehearse(container);
            } else if (pause) {
                engine.containers().pause(container.id());
            } else {
                engine.containers().unpause(container.id());
            }
        } catch (EngineException | CommandException e) {
            events.container(container, Action.ERROR, Status.ERROR);
            throw e;
        }
        events.container(container, pause ? Action.PAUSED : Action.UNPAUSED, Status.DONE);
    }

    private void rehearse(ContainerSummary container) {
        if (pause == container.state().equals("paused")) {
            throw new CommandException(
                    "container %s is %s paused".formatted(container.name(), pause ? "already" : "not"));
        }
    }
}
