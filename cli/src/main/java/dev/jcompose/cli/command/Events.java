package dev.jcompose.cli.command;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.json.JsonObject;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events}. */
@Command(name = "events", description = "Receive real time events from containers")
final class Events implements ComposeCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private static final Map<String, String> ACTIONS = Map.of(
            Event.Action.CREATED, "create",
            Event.Action.STARTED, "start",
            Event.Action.STOPPED, "stop",
            Event.Action.KILLED, "kill",
            Event.Action.EXITED, "die",
            Event.Action.REMOVED, "destroy",
            Event.Action.HEALTHY, "health_status: healthy",
            Event.Action.UNHEALTHY, "health_status: unhealthy");

    @Option(names = "--json", description = "Output events as a stream of json objects")
    boolean json;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        return new AnyEngine(session).follow(engine -> {
            engine.events(Optional.of(target.name()), event -> print(session, event));
            return 0;
        });
    }

    /** Containers go on when their engine dies. */
    @Override
    public boolean outlivesEngine() {
        return true;
    }

    private void print(Session session, Event event) {
        String action = ACTIONS.get(event.action());
        String service = event.attributes().getOrDefault("service", "");
        if (action == null
                || event.resource() != Event.Resource.CONTAINER
                || !(services.isEmpty() || services.contains(service))) {
            return;
        }
        Map<String, String> attributes = new TreeMap<>(event.attributes());
        attributes.put("name", event.name());
        if (json) {
            session.out()
                    .println(JsonObject.create()
                            .put("time", event.time())
                            .put("type", "container")
                            .put("service", service)
                            .put("id", event.id())
                            .put("action", action)
                            .put("attributes", attributes));
        } else {
            String time = TIME.format(ZonedDateTime.ofInstant(
                    event.time(), session.world().clock().getZone()));
            String pairs = attributes.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(", "));
            session.out().println("%s container %s %s (%s)%n".formatted(time, action, event.id(), pairs));
        }
        session.out().flush();
    }
}
