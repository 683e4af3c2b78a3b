package dev.jcompose.cli.command;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.DockerActions;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events}. */
@Command(name = "events", description = "Receive real time events from containers")
final class Events implements ComposeCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    /** Labels of Compose itself, which docker compose does not show either. */
    private static final String OWN = "com.docker.compose.";

    @Option(names = "--json", description = "Output events as a stream of json objects")
    boolean json;

    @Option(names = "--since", paramLabel = "TIME", description = "Show all events created since timestamp")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Stream events until this timestamp")
    @Nullable
    String until;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        Instant now = session.world().clock().instant();
        AtomicReference<@Nullable Instant> from =
                new AtomicReference<>(since == null ? null : TimeArgument.parse("--since", since, now));
        Instant end = until == null ? null : TimeArgument.parse("--until", until, now);
        return new AnyEngine(session).follow(engine -> {
            try {
                engine.events(new EventsRequest(Optional.of(target.name()), from.get(), end), event -> {
                    print(session, event);
                    from.set(event.time().plusNanos(1));
                });
                return 0;
            } catch (EngineException e) {
                // What happens until the next engine is asked is for this client too.
                from.compareAndSet(null, now);
                throw e;
            }
        });
    }

    /** Containers go on when their engine dies. */
    @Override
    public boolean outlivesEngine() {
        return true;
    }

    private void print(Session session, Event event) {
        String service = event.attributes().getOrDefault("service", "");
        Optional<String> action = DockerActions.of(event);
        boolean oneOff = event.attributes().getOrDefault(OWN + "oneoff", "").equals("True");
        if (action.isEmpty()
                || event.resource() != Event.Resource.CONTAINER
                || oneOff
                || !(services.isEmpty() || services.contains(service))) {
            return;
        }
        Map<String, String> attributes = new TreeMap<>(event.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(OWN) || name.equals("service"));
        attributes.put("name", event.name());
        if (json) {
            session.out()
                    .println(JsonObject.create()
                            .put("time", event.time())
                            .put("type", "container")
                            .put("service", service)
                            .put("id", event.id())
                            .put("action", action.get())
                            .put("attributes", attributes));
        } else {
            String time = TIME.format(ZonedDateTime.ofInstant(
                    event.time(), session.world().clock().getZone()));
            String pairs = attributes.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(", "));
            session.out().println("%s container %s %s (%s)%n".formatted(time, action.get(), event.id(), pairs));
        }
        session.out().flush();
    }
}
