package dev.jcompose.cli.command.volume;

import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints volumes as {@code docker volume ls} does. */
public final class VolumeListing {
    private static final int COLUMN_WIDTH = 10;
    private static final String UNKNOWN = "N/A";

    private VolumeListing() {}

    /**
     * The lines.
     *
     * @param format {@code table}, {@code json}, or a template
     */
    public static String of(List<VolumeSummary> volumes, String format, boolean quiet) {
        if (quiet) {
            return volumes.stream().map(volume -> volume.name() + "\n").collect(Collectors.joining());
        }
        return Listing.of(format, Map.of("Name", "VOLUME NAME"))
                .text(
                        () -> table(volumes),
                        () -> volumes.stream().map(VolumeListing::json).toList());
    }

    private static Table table(List<VolumeSummary> volumes) {
        Table table = new Table(COLUMN_WIDTH, List.of("DRIVER", "VOLUME NAME"));
        volumes.forEach(volume -> table.row(List.of(volume.driver(), volume.name())));
        return table;
    }

    private static JsonObject json(VolumeSummary volume) {
        return JsonObject.create()
                .put("Availability", UNKNOWN)
                .put("Driver", volume.driver())
                .put("Group", UNKNOWN)
                .put("Labels", Listing.labels(volume.labels()))
                .put("Links", Integer.toString(volume.users().size()))
                .put("Mountpoint", volume.mountpoint())
                .put("Name", volume.name())
                .put("Scope", "local")
                .put("Size", UNKNOWN)
                .put("Status", UNKNOWN);
    }
}
