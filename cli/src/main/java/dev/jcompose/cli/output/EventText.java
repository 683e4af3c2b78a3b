package dev.jcompose.cli.output;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.Event;
import org.jspecify.annotations.Nullable;

/** The words of an event. */
final class EventText {
    private EventText() {}

    /** What it happened to: {@code Container web-db-db-1}. */
    static String subject(Event event) {
        String kind = switch (event.resource()) {
            case CONTAINER -> "Container";
            case NETWORK -> "Network";
            case VOLUME -> "Volume";
            case IMAGE -> "Image";
            case PROJECT -> "Project";
        };
        return kind + " " + event.name();
    }

    /** Whether it is a warning about the whole project, and not a step of one resource. */
    static boolean isWarning(Event event) {
        return event.resource() == Event.Resource.PROJECT && event.status() == Event.Status.WARNING;
    }

    /** A line of what something that works has to say; null if the event is none. */
    static @Nullable String output(Event event) {
        return event.attributes().get(BuildRequest.OUTPUT);
    }

    /** A warning's words. */
    static String warning(Event event) {
        return event.detail().isEmpty() ? event.action() : event.detail();
    }
}
