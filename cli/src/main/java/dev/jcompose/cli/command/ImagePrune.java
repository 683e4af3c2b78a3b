package dev.jcompose.cli.command;

import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code image prune}. */
@Command(name = "image prune", description = "Remove unused images")
final class ImagePrune implements ComposeCommand {
    @Option(
            names = {"-a", "--all"},
            description = "Remove all unused images, not just those without a name")
    boolean all;

    @Option(
            names = {"-f", "--force"},
            description = "Do not prompt for confirmation")
    boolean force;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description = "Only images that match: label, until (a time, or 24h)")
    List<String> filters = new ArrayList<>();

    @Override
    public int run(Session session) {
        List<String> labels = new ArrayList<>();
        Instant until = null;
        for (String filter : filters) {
            if (filter.startsWith("label=")) {
                labels.add(filter.substring("label=".length()));
            } else if (filter.startsWith("until=")) {
                until = until(
                        filter.substring("until=".length()),
                        session.world().clock().instant());
            } else {
                throw new CommandException("invalid filter '%s': label or until".formatted(filter));
            }
        }
        if (!force && !isConfirmed(session)) {
            return 0;
        }
        RemovedImages removed = session.engine().images().prune(new PruneImagesRequest(all, labels, until));
        if (!removed.deleted().isEmpty()) {
            session.out().println("Deleted Images:");
            ImageRemove.print(session, removed);
            session.out().println();
        }
        session.out().println("Total reclaimed space: " + HumanSize.of(removed.reclaimedBytes()));
        return 0;
    }

    private static @Nullable Instant until(String text, Instant now) {
        try {
            return text.matches("([0-9]+h)?([0-9]+m)?([0-9]+s)?")
                    ? now.minus(Duration.parse("PT" + text))
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandException("\"%s\" is neither a time nor a duration such as 24h".formatted(text));
        }
    }

    private boolean isConfirmed(Session session) {
        session.out()
                .printf(
                        "WARNING! This will remove all %s.%nAre you sure you want to continue? [y/N] ",
                        all ? "images without at least one container associated to them" : "dangling images");
        session.out().flush();
        try {
            String answer =
                    new BufferedReader(new InputStreamReader(session.world().in(), StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().equalsIgnoreCase("y");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer", e);
        }
    }
}
