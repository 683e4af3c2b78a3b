package dev.jcompose.model.load;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of one run: each is read and parsed once, and its text kept for the snippets of problems. */
final class SourceTexts {
    /** Of a longer line, only so many characters are shown. */
    private static final int LONG_LINE = 200;

    private static final String CUT = "...";

    private final Path workingDirectory;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<Node>> documents = new HashMap<>();
    /** The lines of those texts that a problem is about. */
    private final Map<String, List<String>> lines = new HashMap<>();

    private final Set<Path> files = new HashSet<>();
    private final Problems problems;

    /** @param problems gets what is wrong with a file that can be read all the same */
    SourceTexts(Path workingDirectory, Problems problems) {
        this.workingDirectory = workingDirectory;
        this.problems = problems;
    }

    /** The name of a file for messages: relative if it is below the caller's directory. */
    String display(Path file) {
        return file.startsWith(workingDirectory)
                ? workingDirectory.relativize(file).toString()
                : file.toString();
    }

    /**
     * The documents of a file that another one names.
     *
     * @param step how one comes to it, for what is wrong inside
     * @param unreadable what to throw if it cannot be read; is given the reason
     * @throws ComposeFileException if it cannot be read or is not YAML
     */
    List<Node> documents(Path file, String step, Function<String, ComposeFileException> unreadable) {
        try {
            return problems.through(step, () -> parse(display(file), read(file)));
        } catch (ComposeFileException e) {
            Problem problem = e.problems().get(0);
            throw problem.location().equals(SourceLocation.NONE)
                    ? unreadable.apply(problem.message())
                    : e.through(step);
        }
    }

    /** The documents of a source of the request. */
    List<Node> documents(ComposeSource source) {
        String content = source.content();
        if (content != null) {
            texts.put(source.name(), content);
            return YamlReader.read(source.name(), content, problems::error);
        }
        return parse(source.name(), read(workingDirectory.resolve(source.name()).normalize()));
    }

    private List<Node> parse(String name, String text) {
        texts.put(name, text);
        List<Node> known = documents.get(name);
        if (known == null) {
            known = YamlReader.read(name, text, problems::error);
            documents.put(name, known);
        }
        return known;
    }

    /** The files that were read. */
    Set<Path> files() {
        return files;
    }

    private String read(Path file) {
        files.add(file);
        try {
            return TextFile.read(file);
        } catch (NoSuchFileException e) {
            throw failure("open " + file + ": no such file or directory");
        } catch (TextFile.NoTextException e) {
            throw new ComposeFileException(
                    Problem.of(e.place(display(file)), "", "open " + file + ": " + e.getMessage()));
        } catch (IOException e) {
            throw failure(
                    Files.isDirectory(file)
                            ? "read " + file + ": is a directory"
                            : "open " + file + ": " + e.getMessage());
        }
    }

    private static ComposeFileException failure(String message) {
        return new ComposeFileException(Problem.of(SourceLocation.NONE, "", message));
    }

    /** The problem with its source line and a caret, if it has a place. */
    Problem withSnippet(Problem problem) {
        String line = line(problem.location());
        return line == null || problem.snippet() != null ? problem : problem.withSnippet(snippet(line, problem));
    }

    /** Of a long line, what is around the place; what would move the cursor of a terminal is shown as a box. */
    private static String snippet(String line, Problem problem) {
        int column = Math.min(problem.location().column() - 1, line.length());
        int start = line.length() <= LONG_LINE ? 0 : Math.max(0, column - LONG_LINE / 2);
        int end = Math.min(line.length(), start + LONG_LINE);
        String shown = (start > 0 ? CUT : "") + line.substring(start, end) + (end < line.length() ? CUT : "");
        int caret = column - start + (start > 0 ? CUT.length() : 0);
        String before = shown.substring(0, caret).replaceAll("[^\t]", " ");
        return shown.replaceAll("[\\p{Cc}&&[^\t]]", "\u25A1").stripTrailing() + "\n" + before + "^";
    }

    private @Nullable String line(SourceLocation location) {
        String text = texts.get(location.file());
        if (text == null || location.line() < 1) {
            return null;
        }
        List<String> all =
                lines.computeIfAbsent(location.file(), name -> text.lines().toList());
        return location.line() > all.size() ? null : all.get(location.line() - 1);
    }
}
