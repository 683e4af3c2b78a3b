package dev.jcompose.engine.event;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.EventListener;
import java.time.Clock;
import java.util.Map;

/** Makes the events of one project and hands them on. */
public final class Events {
    private final String project;
    private final Clock clock;
    private final EventListener target;

    public Events(String project, Clock clock, EventListener target) {
        this.project = project;
        this.clock = clock;
        this.target = target;
    }

    /** The same, but told to {@code listener} as well. */
    public Events and(EventListener listener) {
        return new Events(project, clock, event -> {
            target.on(event);
            listener.on(event);
        });
    }

    /** Something happened to a container. */
    public void container(
            String id, String name, String action, Status status, String detail, Map<String, String> attributes) {
        target.on(
                new Event(clock.instant(), Resource.CONTAINER, project, id, name, action, status, detail, attributes));
    }

    /** Something happened to a network, a volume, an image or the project. */
    public void resource(Resource resource, String name, String action, Status status, String detail) {
        target.on(new Event(clock.instant(), resource, project, name, name, action, status, detail, Map.of()));
    }

    /** Something happened to an image, or to one of its layers. */
    public void image(String name, String action, Status status, String detail, Map<String, String> attributes) {
        target.on(new Event(clock.instant(), Resource.IMAGE, project, name, name, action, status, detail, attributes));
    }

    /** What something else has made. */
    public void pass(Event event) {
        target.on(event);
    }

    /** The user should know. */
    public void warning(String text) {
        resource(Resource.PROJECT, project, Event.Action.WARNING, Status.WARNING, text);
    }
}
