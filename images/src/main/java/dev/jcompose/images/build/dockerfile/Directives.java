package dev.jcompose.images.build.dockerfile;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parser directives at the head of a Dockerfile.
 *
 * @param escape what continues a line and takes the meaning from the next character
 * @param syntax the frontend that the file names; null for none
 * @param check the checks to skip or to take as errors; null for none
 * @param lines how many lines they take
 * @see <a href="https://docs.docker.com/reference/dockerfile/#parser-directives">Parser directives</a>
 */
public record Directives(
        char escape, @Nullable String syntax, @Nullable String check, int lines) {
    private static final Pattern DIRECTIVE = Pattern.compile("^\\s*#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*$");
    private static final String KNOWN = " escape syntax check ";

    /** The directives of a file; they end with the first line that is none. */
    static Directives of(Source source) throws DockerfileException {
        Map<String, String> found = new LinkedHashMap<>();
        int line = 0;
        for (String text : source.lines()) {
            Matcher matcher = DIRECTIVE.matcher(text);
            if (!matcher.matches()) {
                break;
            }
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(" " + name + " ")) {
                break;
            }
            line++;
            Position at = new Position(line, matcher.start(1) + 1);
            if (found.put(name, matcher.group(2)) != null) {
                throw source.mistake(at, "only one %s parser directive can be used".formatted(name));
            }
            if (name.equals("escape") && !"\\".equals(found.get(name)) && !"`".equals(found.get(name))) {
                throw source.mistake(
                        new Position(line, matcher.start(2) + 1),
                        "escape directive \"%s\" is neither ` nor \\".formatted(found.get(name)));
            }
        }
        return new Directives(
                found.getOrDefault("escape", "\\").charAt(0), found.get("syntax"), found.get("check"), line);
    }
}
