package dev.jcompose.images.build.context;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns as {@code .dockerignore} has them: {@code *} and {@code ?} within a name, {@code **} over any number of
 * directories, {@code !} for what is taken back; the last one that matches a path or a directory above it counts.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore files</a>
 */
public final class PathPatterns {
    /** Leaves out nothing. */
    public static final PathPatterns NONE = new PathPatterns(List.of(), List.of());

    private final List<Rule> rules;
    private final boolean takesBack;
    private final List<String> texts;

    private record Rule(Pattern pattern, boolean takesBack) {}

    private PathPatterns(List<Rule> rules, List<String> texts) {
        this.rules = List.copyOf(rules);
        this.texts = List.copyOf(texts);
        takesBack = rules.stream().anyMatch(Rule::takesBack);
    }

    /**
     * Reads the lines of a {@code .dockerignore} file.
     *
     * @throws IllegalArgumentException naming the pattern that is none
     */
    public static PathPatterns parse(List<String> lines) {
        List<String> patterns = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith("#") && !line.isBlank()) {
                patterns.add(line.strip());
            }
        }
        return of(patterns);
    }

    /** Patterns one by one. */
    public static PathPatterns of(List<String> patterns) {
        List<Rule> rules = new ArrayList<>();
        for (String written : patterns) {
            boolean back = written.startsWith("!");
            String clean = clean(back ? written.substring(1).strip() : written);
            if (clean.isEmpty()) {
                if (back) {
                    throw new IllegalArgumentException("illegal exclusion pattern: \"!\"");
                }
                continue;
            }
            try {
                rules.add(new Rule(Pattern.compile(regex(clean), Pattern.DOTALL), back));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "\"%s\" is not a pattern: %s".formatted(written, e.getDescription()), e);
            }
        }
        return new PathPatterns(rules, patterns);
    }

    /** Without leading and doubled slashes, {@code .} and {@code ..}. */
    static String clean(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** The regular expression of a pattern, as Go's patternmatcher understands it. */
    static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            i++;
            if (c == '*' && i < pattern.length() && pattern.charAt(i) == '*') {
                i++;
                boolean slash = i < pattern.length() && pattern.charAt(i) == '/';
                i += slash ? 1 : 0;
                regex.append(i == pattern.length() && !slash ? ".*" : "(?:.*/)?");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '\\' && i < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
                i++;
            } else if (c == '[') {
                int end = pattern.indexOf(']', i + 1);
                if (end < 0) {
                    throw new PatternSyntaxException("unclosed [", pattern, i);
                }
                regex.append('[')
                        .append(pattern.substring(i, end).replace("[", "\\["))
                        .append(']');
                i = end + 1;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** Whether a path, or a directory above it, is left out. */
    public boolean matches(String path) {
        boolean matches = false;
        for (Rule rule : rules) {
            if (rule.takesBack() == matches && matchesOrAbove(rule.pattern(), path)) {
                matches = !rule.takesBack();
            }
        }
        return matches;
    }

    /** Whether something below a directory that is left out may not be left out. */
    public boolean mayTakeBack() {
        return takesBack;
    }

    /** The patterns as written. */
    public List<String> texts() {
        return texts;
    }

    /** Whether there are no patterns. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    private static boolean matchesOrAbove(Pattern pattern, String path) {
        int end = path.length();
        while (end > 0) {
            if (pattern.matcher(path).region(0, end).matches()) {
                return true;
            }
            end = path.lastIndexOf('/', end - 1);
        }
        return false;
    }
}
