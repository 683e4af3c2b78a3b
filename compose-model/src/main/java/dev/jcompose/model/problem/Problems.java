package dev.jcompose.model.problem;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the problems and warnings of a run. A stage reports all it finds and goes on; the stage after it runs only
 * if there was no problem. Not thread-safe; a run has one.
 */
public final class Problems {
    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    /** Reports a mistake at a value. */
    public void error(Node node, NodePath path, String message) {
        error(Problem.of(node.location(), path.toString(), message).withOrigin(node.origin()));
    }

    /** Reports a mistake at a place. */
    public void error(SourceLocation location, NodePath path, String message) {
        error(Problem.of(location, path.toString(), message));
    }

    /** Reports a mistake. */
    public void error(Problem problem) {
        errors.add(problem);
    }

    /** Reports something dubious at a value. */
    public void warn(Node node, NodePath path, String message) {
        warn(Problem.of(node.location(), path.toString(), message).withOrigin(node.origin()));
    }

    /** Reports something dubious. */
    public void warn(Problem problem) {
        warnings.add(problem);
    }

    /** True if a mistake was reported. */
    public boolean failed() {
        return !errors.isEmpty();
    }

    /** All mistakes so far, each file's in the order of its lines. */
    public List<Problem> errors() {
        return ordered(errors);
    }

    /** All warnings so far, each file's in the order of its lines. */
    public List<Problem> warnings() {
        return ordered(warnings);
    }

    private static List<Problem> ordered(Set<Problem> problems) {
        Map<String, List<Problem>> byFile = new LinkedHashMap<>();
        for (Problem problem : problems) {
            byFile.computeIfAbsent(problem.location().file(), file -> new ArrayList<>())
                    .add(problem);
        }
        List<Problem> ordered = new ArrayList<>();
        byFile.values().forEach(each -> {
            each.sort(Comparator.comparing(Problem::location));
            ordered.addAll(each);
        });
        return ordered;
    }

    /**
     * Ends the run if there was a mistake.
     *
     * @throws ComposeFileException with all of them
     */
    public void check() {
        if (failed()) {
            throw new ComposeFileException(errors());
        }
    }
}
