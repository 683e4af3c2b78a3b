package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The {@code filters} of {@code GET /events}. Values of one key are alternatives, but of labels all must match. Names
 * and ids may be given by their beginnings, as Docker has it.
 */
record EventFilter(Map<String, List<String>> values) {
    private static final Set<String> KNOWN =
            Set.of("type", "event", "container", "image", "network", "volume", "label", "scope");
    /** Of these actions, what comes behind a colon may be left out. */
    private static final Set<String> WITH_DETAIL = Set.of("exec_create", "exec_start", "health_status");

    /**
     * Reads them; an empty text has none.
     *
     * @throws EngineException of kind INVALID for a key that events cannot be filtered by
     */
    static EventFilter parse(String text) {
        Map<String, List<String>> values = Filters.lists(text);
        for (String key : values.keySet()) {
            if (!KNOWN.contains(key)) {
                throw new EngineException(EngineException.Kind.INVALID, "invalid filter '%s'".formatted(key));
            }
        }
        return new EventFilter(values);
    }

    /** Docker's name for a kind of resource. */
    static String type(Event event) {
        return event.resource().name().toLowerCase(Locale.ROOT);
    }

    /** Whether an event passes; {@code action} is Docker's word for what happened. */
    boolean accepts(Event event, String action) {
        return any("type", type(event)::equals)
                && any("scope", "local"::equals)
                && any("event", wanted -> isAction(wanted, action))
                && any("container", wanted -> isOf(Resource.CONTAINER, event, wanted))
                && any("network", wanted -> isOf(Resource.NETWORK, event, wanted))
                && any("volume", wanted -> isOf(Resource.VOLUME, event, wanted))
                && any("image", wanted -> isOfImage(event, wanted))
                && values.getOrDefault("label", List.of()).stream().allMatch(label -> hasLabel(event, label));
    }

    private boolean any(String key, Predicate<String> test) {
        List<String> wanted = values.get(key);
        return wanted == null || wanted.stream().anyMatch(test);
    }

    private static boolean isAction(String wanted, String action) {
        return action.equals(wanted) || (WITH_DETAIL.contains(wanted) && action.startsWith(wanted + ":"));
    }

    private static boolean isOf(Resource resource, Event event, String wanted) {
        return event.resource() == resource
                && (event.id().startsWith(wanted) || event.name().startsWith(wanted));
    }

    /** Containers are of their image; its tag may be left out. */
    private static boolean isOfImage(Event event, String wanted) {
        String image = event.resource() == Resource.IMAGE
                ? event.name()
                : event.attributes().get("image");
        return image != null && (image.equals(wanted) || image.startsWith(wanted + ":"));
    }

    private static boolean hasLabel(Event event, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? event.attributes().containsKey(label)
                : label.substring(equals + 1).equals(event.attributes().get(label.substring(0, equals)));
    }
}
