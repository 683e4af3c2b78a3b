package dev.jcompose.cli.command.image;

import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.text.HumanDuration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image history}. */
@Command(name = "image history", description = "Show the history of an image")
public final class ImageHistory implements Query {
    private static final int COLUMN_WIDTH = 20;
    private static final int COMMAND_WIDTH = 45;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, json, or a template")
    @Nullable
    String format;

    @Option(
            names = {"-H", "--human"},
            paramLabel = "BOOL",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Print sizes and dates in human readable format")
    boolean human = true;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only show image IDs")
    boolean quiet;

    @Parameters(index = "0", paramLabel = "IMAGE")
    String image = "";

    @Override
    public int run(Session session) {
        List<ImageHistoryStep> steps = session.engine().images().history(image);
        Instant now = session.world().clock().instant();
        if (quiet) {
            steps.forEach(step -> session.out().println(id(step)));
        } else {
            Listing listing = Listing.of(format, Map.of("ID", "IMAGE"));
            session.out()
                    .print(listing.text(
                            () -> table(steps, now),
                            () -> steps.stream().map(step -> json(step, now)).toList()));
        }
        return 0;
    }

    private Table table(List<ImageHistoryStep> steps, Instant now) {
        Table table = new Table(COLUMN_WIDTH, List.of("IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT"));
        steps.forEach(
                step -> table.row(List.of(id(step), created(step, now), command(step), size(step), step.comment())));
        return table;
    }

    private JsonObject json(ImageHistoryStep step, Instant now) {
        return JsonObject.create()
                .put("ID", id(step))
                .put("CreatedAt", step.createdAt().toString())
                .put("CreatedSince", HumanDuration.ago(step.createdAt(), now))
                .put("CreatedBy", command(step))
                .put("Size", size(step))
                .put("Comment", step.comment());
    }

    private String id(ImageHistoryStep step) {
        return step.id().isEmpty() ? "<missing>" : noTrunc ? step.id() : ImageList.shortId(step.id());
    }

    private String created(ImageHistoryStep step, Instant now) {
        return human
                ? HumanDuration.ago(step.createdAt(), now)
                : step.createdAt().toString();
    }

    private String size(ImageHistoryStep step) {
        return human ? HumanSize.of(step.sizeBytes()) : Long.toString(step.sizeBytes());
    }

    private String command(ImageHistoryStep step) {
        String line = step.createdBy().replaceAll("\\s+", " ");
        return noTrunc || line.length() <= COMMAND_WIDTH ? line : line.substring(0, COMMAND_WIDTH - 1) + "…";
    }
}
