package dev.jcompose.model.problem;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** All mistakes so far. */
    public List<Problem> errors() {
        return new ArrayList<>(errors);
    }

    /** All warnings so far. */
    public List<Problem> warnings() {
        return new ArrayList<>(warnings);
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
