package dev.jcompose.cli.command.image;

import dev.jcompose.cli.output.ContainerFields;
import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.output.Table;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.text.HumanDuration;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The tables of {@code system df --verbose}: one for each kind, a line for each thing. */
public final class DiskUsageDetails {
    private static final int COLUMN_WIDTH = 12;
    private static final String NONE = "<none>";

    private final Clock clock;
    private final Map<String, ContainerSummary> containers;

    /** @param containers by id, for what the usage does not say of them */
    DiskUsageDetails(Clock clock, Map<String, ContainerSummary> containers) {
        this.clock = clock;
        this.containers = Map.copyOf(containers);
    }

    /** All tables, with a line over each. */
    String text(List<DiskUsage> usages) {
        StringBuilder text = new StringBuilder();
        for (DiskUsage usage : usages) {
            text.append(text.isEmpty() ? "" : "\n");
            switch (usage.type()) {
                case "Images" -> text.append("Images space usage:\n\n").append(images(usage));
                case "Containers" -> text.append("Containers space usage:\n\n").append(containers(usage));
                case "Local Volumes" ->
                    text.append("Local Volumes space usage:\n\n").append(volumes(usage));
                default ->
                    text.append("Build cache usage: ")
                            .append(HumanSize.of(usage.sizeBytes()))
                            .append("\n\n")
                            .append(cache(usage));
            }
        }
        return text.toString();
    }

    private Table images(DiskUsage usage) {
        Table table = new Table(
                COLUMN_WIDTH,
                List.of(
                        "REPOSITORY",
                        "TAG",
                        "IMAGE ID",
                        "CREATED",
                        "SIZE",
                        "SHARED SIZE",
                        "UNIQUE SIZE",
                        "CONTAINERS"));
        Instant now = clock.instant();
        for (DiskUsage.Item item : usage.items()) {
            List<String> names = item.names().isEmpty() ? List.of(NONE + ":" + NONE) : item.names();
            for (String name : names) {
                int colon = name.lastIndexOf(':');
                table.row(List.of(
                        name.substring(0, colon),
                        name.substring(colon + 1),
                        ImageList.shortId(item.id()),
                        HumanDuration.ago(item.created(), now),
                        HumanSize.of(item.sizeBytes()),
                        HumanSize.of(item.sharedBytes()),
                        HumanSize.of(item.sizeBytes() - item.sharedBytes()),
                        Long.toString(item.users())));
            }
        }
        return table;
    }

    private Table containers(DiskUsage usage) {
        Table table = new Table(
                COLUMN_WIDTH,
                List.of("CONTAINER ID", "IMAGE", "COMMAND", "LOCAL VOLUMES", "SIZE", "CREATED", "STATUS", "NAMES"));
        ContainerFields fields = new ContainerFields(clock, true);
        for (DiskUsage.Item item : usage.items()) {
            ContainerSummary container = containers.get(item.id());
            if (container != null) {
                // Of: name, image, command, service, created, status, ports.
                List<String> cells = fields.cells(container);
                table.row(List.of(
                        ImageList.shortId(item.id()),
                        cells.get(1),
                        cells.get(2),
                        Long.toString(item.users()),
                        HumanSize.of(item.sizeBytes()),
                        cells.get(4),
                        cells.get(5),
                        cells.get(0)));
            }
        }
        return table;
    }

    private static Table volumes(DiskUsage usage) {
        Table table = new Table(COLUMN_WIDTH, List.of("VOLUME NAME", "LINKS", "SIZE"));
        usage.items()
                .forEach(item ->
                        table.row(List.of(item.id(), Long.toString(item.users()), HumanSize.of(item.sizeBytes()))));
        return table;
    }

    private static Table cache(DiskUsage usage) {
        Table table = new Table(COLUMN_WIDTH, List.of("CACHE ID", "SIZE"));
        usage.items().forEach(item -> table.row(List.of(ImageList.shortId(item.id()), HumanSize.of(item.sizeBytes()))));
        return table;
    }
}
