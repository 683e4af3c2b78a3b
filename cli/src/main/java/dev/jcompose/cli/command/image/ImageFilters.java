package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.engine.api.ImageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --filter} of commands about images selects.
 *
 * @param dangling only images without a name, or only those with one; null for both
 * @param labels each {@code NAME} or {@code NAME=VALUE}
 * @param references patterns of which one must match a name
 */
public record ImageFilters(@Nullable Boolean dangling, List<String> labels, List<Pattern> references) {

    /** @throws CommandException naming a filter that there is not */
    static ImageFilters parse(List<String> filters, @Nullable String reference) {
        Boolean dangling = null;
        List<String> labels = new ArrayList<>();
        List<Pattern> references = new ArrayList<>();
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            String name = equals < 0 ? filter : filter.substring(0, equals);
            String value = equals < 0 ? "" : filter.substring(equals + 1);
            switch (name) {
                case "dangling" -> dangling = value.equals("true") || value.equals("1");
                case "label" -> labels.add(value);
                case "reference" -> references.add(pattern(value));
                default ->
                    throw new CommandException("invalid filter '%s': dangling, label or reference".formatted(name));
            }
        }
        if (reference != null) {
            references.add(pattern(reference));
        }
        return new ImageFilters(dangling, labels, references);
    }

    /** A star is any number of characters but a slash; without a tag all tags match. */
    private static Pattern pattern(String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : text.split("(?<=\\*)|(?=\\*)")) {
            regex.append(part.equals("*") ? "[^/]*" : Pattern.quote(part));
        }
        boolean tagged = text.lastIndexOf(':') > text.lastIndexOf('/');
        return Pattern.compile(regex + (tagged ? "" : ":.*"));
    }

    boolean accepts(ImageSummary image) {
        boolean isDangling = image.names().isEmpty();
        return (dangling == null || dangling == isDangling)
                && labels.stream().allMatch(label -> hasLabel(image, label))
                && (references.isEmpty() || image.names().stream().anyMatch(this::acceptsName));
    }

    boolean acceptsName(String name) {
        return references.isEmpty()
                || references.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static boolean hasLabel(ImageSummary image, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? image.labels().containsKey(label)
                : label.substring(equals + 1).equals(image.labels().get(label.substring(0, equals)));
    }
}
