package dev.jcompose.engine.logs.syslog;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a container's lines are tagged with: a text with places like <code>{{.Name}}</code> in it.
 *
 * @see <a href="https://docs.docker.com/engine/logging/log_tags/">Docker's log tags</a>
 */
final class SyslogTag {
    private static final String DEFAULT = "{{.ID}}";
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*\\}\\}");
    private static final Set<String> KNOWN =
            Set.of("ID", "FullID", "Name", "ImageID", "ImageFullID", "ImageName", "DaemonName");

    private SyslogTag() {}

    /**
     * The template, checked.
     *
     * @throws IllegalArgumentException when it has something in braces that is not known
     */
    static String parse(@Nullable String template) {
        String tag = template == null || template.isEmpty() ? DEFAULT : template;
        Matcher places = PLACE.matcher(tag);
        while (places.find()) {
            if (!KNOWN.contains(places.group(1))) {
                throw unknown(tag);
            }
        }
        if (PLACE.matcher(tag).replaceAll("").contains("{{")) {
            throw unknown(tag);
        }
        return tag;
    }

    private static IllegalArgumentException unknown(String tag) {
        return new IllegalArgumentException("tag \"" + tag
                + "\" has a place that is not known; there are {{.ID}}, {{.FullID}}, {{.Name}}, {{.ImageID}},"
                + " {{.ImageFullID}}, {{.ImageName}} and {{.DaemonName}}");
    }

    /** The tag with the facts of one container in their places; blanks, which would end it, are underscores. */
    static String of(String template, Map<String, String> facts) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(facts.getOrDefault(place.group(1), "")))
                .replaceAll("\\s", "_");
    }
}
