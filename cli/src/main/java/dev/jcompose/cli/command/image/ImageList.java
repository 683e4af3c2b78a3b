package dev.jcompose.cli.command.image;

import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.text.HumanDuration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image ls}, which is what {@code docker images} prints. */
@Command(name = "image ls", description = "List images")
public final class ImageList implements Query {
    private static final int COLUMN_WIDTH = 20;
    private static final String NONE = "<none>";
    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z z", Locale.ROOT);

    @Option(
            names = {"-a", "--all"},
            description = "Show all images; none are hidden anyway")
    boolean all;

    @Option(names = "--digests", description = "Show digests")
    boolean digests;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "NAME=VALUE",
            description = "Only images that match: dangling, label, reference")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, json, or a template")
    @Nullable
    String format;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only show image IDs")
    boolean quiet;

    @Parameters(index = "0", arity = "0..1", paramLabel = "REPOSITORY[:TAG]")
    @Nullable
    String reference;

    /**
     * A line.
     *
     * @param digest of the repository; {@code <none>} for none
     */
    private record Row(String repository, String tag, String digest, ImageSummary image) {}

    @Override
    public int run(Session session) {
        List<Row> rows = rows(session);
        Instant now = session.world().clock().instant();
        ZoneId zone = session.world().clock().getZone();
        if (quiet) {
            rows.stream().map(row -> id(row.image())).distinct().forEach(session.out()::println);
        } else {
            Listing listing = Listing.of(format, Map.of("ID", "IMAGE ID"));
            session.out()
                    .print(listing.text(
                            () -> table(rows, now),
                            () -> rows.stream().map(row -> json(row, now, zone)).toList()));
        }
        return 0;
    }

    private List<Row> rows(Session session) {
        ImageFilters accepted = ImageFilters.parse(filters, reference);
        List<Row> rows = new ArrayList<>();
        for (ImageSummary image : session.engine().images().list()) {
            if (!accepted.accepts(image)) {
                continue;
            }
            for (String name : image.names()) {
                if (accepted.acceptsName(name)) {
                    int colon = name.lastIndexOf(':');
                    String repository = name.substring(0, colon);
                    rows.add(new Row(repository, name.substring(colon + 1), digest(image, repository), image));
                }
            }
            if (image.names().isEmpty()) {
                String called = image.repoDigests().stream().findFirst().orElse("");
                String repository = called.isEmpty() ? NONE : called.substring(0, called.indexOf('@'));
                rows.add(new Row(repository, NONE, digest(image, repository), image));
            }
        }
        return rows;
    }

    private static String digest(ImageSummary image, String repository) {
        return image.repoDigests().stream()
                .filter(called -> called.startsWith(repository + "@"))
                .map(called -> called.substring(called.indexOf('@') + 1))
                .findFirst()
                .orElse(NONE);
    }

    private String id(ImageSummary image) {
        return noTrunc ? image.id() : shortId(image.id());
    }

    static String shortId(String id) {
        String hex = id.replaceFirst("^sha256:", "");
        return hex.length() > 12 ? hex.substring(0, 12) : hex;
    }

    private Table table(List<Row> rows, Instant now) {
        List<String> headings = new ArrayList<>(List.of("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"));
        if (digests) {
            headings.add(2, "DIGEST");
        }
        Table table = new Table(COLUMN_WIDTH, headings);
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(
                    row.repository(),
                    row.tag(),
                    id(row.image()),
                    HumanDuration.ago(row.image().createdAt(), now),
                    HumanSize.of(row.image().sizeBytes())));
            if (digests) {
                cells.add(2, row.digest());
            }
            table.row(cells);
        }
        return table;
    }

    private JsonObject json(Row row, Instant now, ZoneId zone) {
        ImageSummary image = row.image();
        return JsonObject.create()
                .put("Containers", Integer.toString(image.containers()))
                .put("CreatedAt", CREATED.format(image.createdAt().atZone(zone)))
                .put("CreatedSince", HumanDuration.ago(image.createdAt(), now))
                .put("Digest", row.digest())
                .put("ID", id(image))
                .put("Labels", Listing.labels(image.labels()))
                .put("Platform", image.platform())
                .put("Repository", row.repository())
                .put("SharedSize", "N/A")
                .put("Size", HumanSize.of(image.sizeBytes()))
                .put("Tag", row.tag())
                .put("UniqueSize", "N/A")
                .put("VirtualSize", HumanSize.of(image.sizeBytes()));
    }
}
