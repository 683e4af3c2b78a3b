package dev.jcompose.cli.command;

import dev.jcompose.cli.command.image.ImageNames;
import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.text.HumanDuration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code images}. */
@Command(name = "images", description = "List images used by the created containers")
final class Images implements Query {
    private static final int COLUMN_WIDTH = 20;
    private static final String NONE = "<none>";

    @Option(
            names = {"-a", "--all"},
            description = "List all images that are there, whatever uses them")
    boolean all;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or a template such as '{{.Repository}}'")
    String format = "table";

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display IDs")
    boolean quiet;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    /**
     * A line.
     *
     * @param container empty when all images are listed
     */
    private record Row(String container, String reference, ImageSummary image) {
        String repository() {
            int colon = tagColon();
            return colon < 0 ? reference : reference.substring(0, colon);
        }

        String tag() {
            int colon = tagColon();
            return colon < 0 ? NONE : reference.substring(colon + 1);
        }

        private int tagColon() {
            int colon = reference.lastIndexOf(':');
            return colon > reference.lastIndexOf('/') ? colon : -1;
        }

        String longId() {
            return image.id().replaceFirst("^sha256:", "");
        }

        String shortId() {
            String id = longId();
            return id.length() > 12 ? id.substring(0, 12) : id;
        }
    }

    @Override
    public int run(Session session) {
        List<Row> rows = all ? everything(session.engine()) : used(session);
        if (quiet) {
            rows.stream().map(Row::longId).distinct().forEach(session.out()::println);
        } else {
            Instant now = session.world().clock().instant();
            Listing listing = Listing.ofArray(format, Map.of("ID", "IMAGE ID", "ContainerName", "CONTAINER"));
            session.out()
                    .print(listing.text(
                            () -> table(rows, now),
                            () -> rows.stream().map(Images::json).toList()));
        }
        return 0;
    }

    private static List<Row> everything(EngineApi engine) {
        List<Row> rows = new ArrayList<>();
        for (ImageSummary image : engine.images().list()) {
            List<String> names = image.names().isEmpty() ? List.of(NONE) : image.names();
            names.forEach(name -> rows.add(new Row("", name, image)));
        }
        return rows;
    }

    private List<Row> used(Session session) {
        Target target = session.target(services);
        EngineApi engine = session.engine();
        List<ImageSummary> images = engine.images().list();
        return engine.containers().list(Optional.of(target.name())).stream()
                .filter(container -> services.isEmpty() || services.contains(container.service()))
                .map(container ->
                        new Row(container.name(), ImageNames.withTag(container.image()), image(container, images)))
                .toList();
    }

    private static ImageSummary image(ContainerSummary container, List<ImageSummary> images) {
        String id = container.labels().getOrDefault("com.docker.compose.image", "");
        return images.stream()
                .filter(image -> image.id().equals(id))
                .findFirst()
                .or(() -> images.stream()
                        .filter(image -> image.names().contains(ImageNames.withTag(container.image())))
                        .findFirst())
                .orElseGet(() -> ImageSummary.of(id, List.of(), 0, container.createdAt(), ""));
    }

    private Table table(List<Row> rows, Instant now) {
        List<String> headings =
                new ArrayList<>(List.of("REPOSITORY", "TAG", "PLATFORM", "IMAGE ID", "SIZE", "CREATED"));
        if (!all) {
            headings.add(0, "CONTAINER");
        }
        Table table = new Table(COLUMN_WIDTH, headings);
        for (Row row : rows) {
            ImageSummary image = row.image();
            List<String> cells = new ArrayList<>(List.of(
                    row.repository(),
                    row.tag(),
                    image.platform(),
                    row.shortId(),
                    HumanSize.of(image.sizeBytes()),
                    HumanDuration.ago(image.createdAt(), now)));
            if (!all) {
                cells.add(0, row.container());
            }
            table.row(cells);
        }
        return table;
    }

    private static JsonObject json(Row row) {
        return JsonObject.create()
                .put("ID", row.image().id())
                .put("ContainerName", row.container())
                .put("Repository", row.repository())
                .put("Tag", row.tag())
                .put("Platform", row.image().platform())
                .put("Size", row.image().sizeBytes())
                .put("Created", row.image().createdAt())
                .put("LastTagTime", row.image().lastTaggedAt());
    }
}
