package dev.jcompose.model.yaml;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML text into nodes, one per document. Stateless. */
public final class YamlReader {
    private static final int MAX_CODE_POINTS = 64 << 20;

    private YamlReader() {}

    /**
     * Reads all documents that are not empty.
     *
     * @param file the name for places in the text
     * @throws ComposeFileException if the text is not YAML, has duplicate or non-text keys, or is built to exhaust
     *     memory
     */
    public static List<Node> read(String file, String text) {
        List<Problem> problems = new ArrayList<>();
        List<Node> documents = read(file, text, problems::add);
        if (!problems.isEmpty()) {
            throw new ComposeFileException(problems);
        }
        return documents;
    }

    /**
     * Reads all documents that are not empty.
     *
     * @param file the name for places in the text
     * @param problems is told what is wrong but leaves the rest of the text readable, such as a duplicate key, whose
     *     first value stays
     * @throws ComposeFileException if the text is not YAML, or is built to exhaust memory
     */
    public static List<Node> read(String file, String text, Consumer<Problem> problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(MAX_CODE_POINTS)
                .build();
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            Iterator<Event> events = new Parse(settings).parseString(content).iterator();
            return documents(file, events, problems);
        } catch (MarkedYamlEngineException e) {
            throw new ComposeFileException(Problem.of(place(file, e), "", "invalid YAML: " + message(e)));
        } catch (ReaderException e) {
            String what = "control characters are not allowed: U+%04X".formatted(e.getCodePoint());
            throw new ComposeFileException(
                    Problem.of(placeOf(e.getCodePoint(), file, content), "", "invalid YAML: " + what));
        } catch (YamlEngineException e) {
            String message =
                    e.getMessage() == null ? e.toString() : e.getMessage().strip();
            throw new ComposeFileException(Problem.of(SourceLocation.startOf(file), "", "invalid YAML: " + message));
        }
    }

    /** The exception knows the place in its buffer only; the first such character is the one that it met. */
    private static SourceLocation placeOf(int codePoint, String file, String content) {
        return SourceLocation.after(content.substring(0, Math.max(0, content.indexOf(codePoint))), file);
    }

    private static List<Node> documents(String file, Iterator<Event> events, Consumer<Problem> problems) {
        List<Node> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                Node node = new NodeComposer(file, events, problems).compose();
                if (!node.isNull()) {
                    documents.add(node);
                }
            }
        }
        return documents;
    }

    private static SourceLocation place(String file, MarkedYamlEngineException e) {
        return e.getProblemMark()
                .or(e::getContextMark)
                .map(mark -> of(file, mark))
                .orElse(SourceLocation.startOf(file));
    }

    static SourceLocation of(String file, Mark mark) {
        return new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String message(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        String problem = e.getProblem() == null ? "" : e.getProblem();
        if (problem.contains("TAB")) {
            return context + "found a tab character that violates indentation; indent with spaces";
        }
        return context + problem;
    }
}
