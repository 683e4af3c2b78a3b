package dev.jcompose.cli.output;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.text.HumanDuration;
import dev.jcompose.engine.text.StatusText;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A container as {@code ps} names and writes its facts. */
public final class ContainerFields {
    private static final int COMMAND_WIDTH = 20;
    private static final int SHORT_ID = 12;

    private final Clock clock;
    private final boolean truncate;

    /**
     * Makes them.
     *
     * @param truncate ids to 12 digits and commands to 20 characters
     */
    public ContainerFields(Clock clock, boolean truncate) {
        this.clock = clock;
        this.truncate = truncate;
    }

    /** The cells of the table: name, image, command, service, created, status, ports. */
    public List<String> cells(ContainerSummary container) {
        return List.of(
                container.name(),
                container.image(),
                command(container),
                container.service(),
                created(container),
                StatusText.of(container, clock.instant()),
                PortsText.of(container.publishers()));
    }

    /** All fields by their names in {@code --format json} and in templates. */
    public JsonObject json(ContainerSummary container) {
        return JsonObject.create()
                .put("Command", command(container))
                .put("CreatedAt", goTime(container.createdAt()))
                .put("ExitCode", container.exitCode())
                .put("Health", container.health())
                .put("ID", id(container))
                .put("Image", container.image())
                .put("Labels", pairs(container))
                .put("LocalVolumes", Long.toString(volumes(container)))
                .put("Mounts", String.join(",", container.mounts()))
                .put("Name", container.name())
                .put("Names", container.name())
                .put("Networks", container.networks().keySet().stream().sorted().collect(Collectors.joining(",")))
                .put("Ports", PortsText.of(container.publishers()))
                .put("Project", container.project())
                .put(
                        "Publishers",
                        container.publishers().stream()
                                .map(port -> JsonObject.create()
                                        .put("URL", port.url())
                                        .put("TargetPort", port.targetPort())
                                        .put("PublishedPort", port.publishedPort())
                                        .put("Protocol", port.protocol()))
                                .toList())
                .put("RunningFor", created(container))
                .put("Service", container.service())
                .put("Size", "0B")
                .put("State", container.state())
                .put("Status", StatusText.of(container, clock.instant()));
    }

    /**
     * As Go prints a time. The formatter is made here because it reads all time zones, which the table does not need.
     */
    private String goTime(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx zzz", Locale.ROOT)
                .format(ZonedDateTime.ofInstant(time, clock.getZone()));
    }

    private String id(ContainerSummary container) {
        String id = container.id();
        return truncate && id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }

    private String command(ContainerSummary container) {
        String command = String.join(" ", container.command());
        if (truncate && command.codePointCount(0, command.length()) > COMMAND_WIDTH) {
            command = command.substring(0, command.offsetByCodePoints(0, COMMAND_WIDTH - 1)) + "…";
        }
        return "\"" + command.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private String created(ContainerSummary container) {
        return HumanDuration.ago(container.createdAt(), clock.instant());
    }

    private static String pairs(ContainerSummary container) {
        return container.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** Mounts that are not paths of the host. */
    private static long volumes(ContainerSummary container) {
        return container.mounts().stream()
                .filter(mount -> !mount.startsWith("/"))
                .count();
    }
}
