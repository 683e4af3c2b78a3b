package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the instructions of a file: continuations joined, comments left out, heredocs taken along. */
final class LineReader {
    private static final Pattern HEREDOC = Pattern.compile("^(\\d*)<<(-?)([^<]+)$");
    private static final Pattern KEYWORD = Pattern.compile("^[^\\s]+");
    private static final Set<String> WITH_HEREDOCS = Set.of("RUN", "COPY", "ADD");

    private final Source source;
    private final char escape;
    private final Pattern continued;
    private int next;

    LineReader(Source source, Directives directives) {
        this.source = source;
        escape = directives.escape();
        next = directives.lines();
        String e = Pattern.quote(String.valueOf(escape));
        continued = Pattern.compile("(?:^|(?<!" + e + "))" + e + "[ \\t]*$");
    }

    List<Instruction> all() throws DockerfileException {
        List<Instruction> instructions = new ArrayList<>();
        while (next < source.lines().size()) {
            String line = source.lines().get(next);
            if (line.isBlank() || isComment(line)) {
                next++;
            } else {
                instructions.add(instruction());
            }
        }
        return instructions;
    }

    private Instruction instruction() throws DockerfileException {
        LogicalLine line = new LogicalLine();
        boolean more = true;
        boolean first = true;
        while (more && next < source.lines().size()) {
            String text = source.lines().get(next);
            next++;
            if (!first && (isComment(text) || text.isBlank())) {
                continue;
            }
            int indent = first ? text.length() - text.stripLeading().length() : 0;
            Matcher end = continued.matcher(text);
            more = end.find();
            line.append(text.substring(indent, more ? end.start() : text.length()), next, indent + 1);
            first = false;
        }
        return parse(line);
    }

    private Instruction parse(LogicalLine line) throws DockerfileException {
        String text = line.toString();
        Matcher matcher = KEYWORD.matcher(text);
        if (!matcher.find()) {
            throw source.mistake(line.position(0), "an instruction without a keyword");
        }
        String keyword = matcher.group().toUpperCase(Locale.ROOT);
        List<Flag> flags = new ArrayList<>();
        int rest = flags(line, skipSpace(text, matcher.end()), flags);
        List<Heredoc> heredocs = new ArrayList<>();
        String effective = keyword.equals("ONBUILD") ? keywordOf(text.substring(rest)) : keyword;
        if (WITH_HEREDOCS.contains(effective)
                && JsonForm.parse(text.substring(rest).stripTrailing()).isEmpty()) {
            for (WordSplitter.Part part : WordSplitter.split(text.substring(rest), escape)) {
                Matcher heredoc = HEREDOC.matcher(part.text());
                if (heredoc.matches()) {
                    heredocs.add(heredoc(heredoc, line.position(rest + part.offset())));
                }
            }
        }
        return new Instruction(source, keyword, line, escape, flags, rest, heredocs);
    }

    private static String keywordOf(String text) {
        Matcher matcher = KEYWORD.matcher(text);
        return matcher.find() ? matcher.group().toUpperCase(Locale.ROOT) : "";
    }

    /** Reads the options; gives where the rest begins. */
    private int flags(LogicalLine line, int from, List<Flag> flags) {
        String text = line.toString();
        int at = from;
        while (text.startsWith("--", at)) {
            WordSplitter.Part part =
                    WordSplitter.split(text.substring(at), escape).get(0);
            String flag = part.text();
            // A command of HEALTHCHECK or RUN has options of its own only behind its first word.
            if (flag.equals("--")) {
                return skipSpace(text, at + 2);
            }
            int equals = flag.indexOf('=');
            flags.add(new Flag(
                    equals < 0 ? flag.substring(2) : flag.substring(2, equals),
                    equals < 0 ? "true" : flag.substring(equals + 1),
                    line.position(at)));
            at = skipSpace(text, at + flag.length());
        }
        return at;
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Heredoc heredoc(Matcher word, Position at) throws DockerfileException {
        boolean chomp = !word.group(2).isEmpty();
        String delimiter = word.group(3);
        String name = delimiter.replaceAll("[\"'" + Pattern.quote(String.valueOf(escape)) + "]", "");
        if (name.isEmpty()) {
            throw source.mistake(at, "here-document without a delimiter");
        }
        StringBuilder content = new StringBuilder();
        while (next < source.lines().size()) {
            String line = source.lines().get(next);
            next++;
            String chomped = chomp ? line.replaceFirst("^\t+", "") : line;
            if (chomped.equals(name)) {
                return new Heredoc(name, name.equals(delimiter), content.toString());
            }
            content.append(chomped).append('\n');
        }
        throw source.mistake(at, "unterminated here-document: no line is \"" + name + "\"");
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }
}
