package dev.jcompose.cli.session;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.EventListener;
import java.time.Clock;
import java.util.Map;

/** Events that a command makes itself, because the engine does not tell them or does nothing in a dry run. */
public final class OwnEvents {
    private final Clock clock;
    private final String project;
    private final EventListener listener;

    /** {@code project}: the name of the one that they are about. */
    public OwnEvents(Session session, String project, EventListener listener) {
        this.clock = session.world().clock();
        this.project = project;
        this.listener = listener;
    }

    /** Something happens to an image. */
    public void image(String name, String action, Status status, String detail) {
        tell(Resource.IMAGE, name, name, action, status, detail, Map.of());
    }

    /** Something happens to a container. */
    public void container(ContainerSummary container, String action, Status status) {
        Map<String, String> attributes = Map.of("service", container.service());
        tell(Resource.CONTAINER, container.id(), container.name(), action, status, "", attributes);
    }

    /** Something would happen to a container that there is not. */
    public void container(String name, String action, Status status) {
        tell(Resource.CONTAINER, name, name, action, status, "", Map.of());
    }

    private void tell(
            Resource resource,
            String id,
            String name,
            String action,
            Status status,
            String detail,
            Map<String, String> attributes) {
        listener.on(new Event(clock.instant(), resource, project, id, name, action, status, detail, attributes));
    }
}
