package dev.jcompose.images.build.dockerfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern of the shell with {@code *} and {@code ?}, for the removal and replacement of parts of a value. */
final class ShellPattern {
    private final String greedy;
    private final String reluctant;

    private ShellPattern(String greedy, String reluctant) {
        this.greedy = greedy;
        this.reluctant = reluctant;
    }

    static ShellPattern of(String pattern, char escape) {
        StringBuilder greedy = new StringBuilder();
        StringBuilder reluctant = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                greedy.append(".*");
                reluctant.append(".*?");
                continue;
            }
            String part;
            if (c == '?') {
                part = ".";
            } else if (c == escape && i + 1 < pattern.length()) {
                i++;
                part = Pattern.quote(String.valueOf(pattern.charAt(i)));
            } else {
                part = Pattern.quote(String.valueOf(c));
            }
            greedy.append(part);
            reluctant.append(part);
        }
        return new ShellPattern(greedy.toString(), reluctant.toString());
    }

    String withoutPrefix(String value, boolean longest) {
        Matcher matcher = compile("^(?:" + (longest ? greedy : reluctant) + ")").matcher(value);
        return matcher.find() ? value.substring(matcher.end()) : value;
    }

    /** The shortest suffix is what the longest beginning leaves over. */
    String withoutSuffix(String value, boolean longest) {
        Matcher matcher = compile("^(" + (longest ? ".*?" : ".*") + ")(?:" + greedy + ")$")
                .matcher(value);
        return matcher.find() ? matcher.group(1) : value;
    }

    String replace(String value, String replacement, boolean all) {
        Matcher matcher = compile(greedy).matcher(value);
        String quoted = Matcher.quoteReplacement(replacement);
        return all ? matcher.replaceAll(quoted) : matcher.replaceFirst(quoted);
    }

    private static Pattern compile(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
