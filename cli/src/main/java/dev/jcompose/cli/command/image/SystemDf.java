package dev.jcompose.cli.command.image;

import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code system df} and {@code df}. */
@Command(name = "system df", description = "Show how much room images, containers and volumes take up")
public final class SystemDf implements Query {
    private static final int COLUMN_WIDTH = 16;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, json, or a template")
    @Nullable
    String format;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show each image, container, volume and cache entry")
    boolean verbose;

    @Override
    public int run(Session session) {
        List<DiskUsage> usages = session.engine().images().diskUsage();
        if (verbose) {
            if (format != null && !format.equals("table")) {
                throw new CommandException("the verbose and the format options conflict");
            }
            Map<String, ContainerSummary> containers = new HashMap<>();
            session.engine()
                    .containers()
                    .list(Optional.empty())
                    .forEach(container -> containers.put(container.id(), container));
            session.out().print(new DiskUsageDetails(session.world().clock(), containers).text(usages));
            return 0;
        }
        Listing listing = Listing.of(format, Map.of("TotalCount", "TOTAL"));
        session.out()
                .print(listing.text(
                        () -> table(usages),
                        () -> usages.stream().map(SystemDf::json).toList()));
        return 0;
    }

    private static Table table(List<DiskUsage> usages) {
        Table table = new Table(COLUMN_WIDTH, List.of("TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"));
        usages.forEach(usage -> table.row(List.of(
                usage.type(),
                Long.toString(usage.total()),
                Long.toString(usage.active()),
                HumanSize.of(usage.sizeBytes()),
                reclaimable(usage))));
        return table;
    }

    private static JsonObject json(DiskUsage usage) {
        return JsonObject.create()
                .put("Type", usage.type())
                .put("TotalCount", Long.toString(usage.total()))
                .put("Active", Long.toString(usage.active()))
                .put("Size", HumanSize.of(usage.sizeBytes()))
                .put("Reclaimable", reclaimable(usage));
    }

    private static String reclaimable(DiskUsage usage) {
        String size = HumanSize.of(usage.reclaimableBytes());
        return usage.sizeBytes() == 0 ? size : size + " (" + usage.reclaimableBytes() * 100 / usage.sizeBytes() + "%)";
    }
}
