package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** {@code run} in a dry run. */
final class RunRehearsal {
    private final Session session;
    private final Progress progress;

    RunRehearsal(Session session, Progress progress) {
        this.session = session;
        this.progress = progress;
    }

    /**
     * Tells what would happen: to the images, networks, volumes and dependencies, as in an {@code up} that makes no
     * container of the service itself, and then to the one-off container.
     *
     * @param changed the service as the container is to be
     */
    void tell(RunRequest request, String project, Service changed) {
        EngineApi engine = session.engine();
        String service = request.service();
        long present = engine.containers().list(Optional.of(project)).stream()
                .filter(container -> container.service().equals(service) && !container.oneOff())
                .count();
        UpRequest up = UpRequest.builder(request.projectJson())
                .services(Set.of(service))
                .noDeps(request.noDeps())
                .recreate(UpRequest.Recreate.NEVER)
                .removeOrphans(request.removeOrphans())
                .scale(Map.of(service, (int) present))
                .images(request.images())
                .execution(session.execution())
                .build();
        engine.projects().up(up, event -> {
            if (!isOf(service, event)) {
                progress.on(event);
            }
        });
        OwnEvents events = new OwnEvents(session, project, progress);
        String name = Optional.ofNullable(request.name()).orElseGet(() -> project + "-" + service + "-run-" + slug());
        events.container(name, Action.CREATING, Status.WORKING);
        events.container(name, Action.CREATED, Status.DONE);
        events.container(name, Action.STARTING, Status.WORKING);
        events.container(name, Action.STARTED, Status.DONE);
        List<String> command = changed.command();
        if (command != null && !command.isEmpty()) {
            progress.say("Executing command %s in %s".formatted(Exec.quoted(command), name));
        }
        if (request.autoRemove()) {
            events.container(name, Action.REMOVED, Status.DONE);
        }
    }

    private static boolean isOf(String service, Event event) {
        return event.resource() == Resource.CONTAINER
                && service.equals(event.attributes().get("service"));
    }

    /** What an engine would choose; nobody can know it before. */
    private static String slug() {
        return "%012x".formatted(ThreadLocalRandom.current().nextLong(1L << 48));
    }
}
