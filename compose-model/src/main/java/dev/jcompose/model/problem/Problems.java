package dev.jcompose.model.problem;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the problems and warnings of a run. A stage reports all it finds and goes on, and so do the stages after it:
 * what they find at or below a value that an earlier stage reported is left out, since it follows from that. Not
 * thread-safe; a run has one.
 */
public final class Problems {
    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    /** What the running stage found, and the paths that are not worth another word. */
    private final Map<Problem, String> found = new LinkedHashMap<>();
    /** Paths that earlier stages reported. */
    private final Set<String> known = new HashSet<>();
    /** Paths of mappings of which earlier stages reported a member. */
    private final Set<String> memberKnown = new HashSet<>();
    /** Places of values that were taken out of the model because they were reported. */
    private final Set<SourceLocation> replaced = new HashSet<>();

    private @Nullable String way;
    private boolean incomplete;

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
        error(problem, problem.path());
    }

    /**
     * Reports a mistake.
     *
     * @param covered the path at and below which later stages have nothing to say
     */
    public void error(Problem problem, String covered) {
        if (replaced.contains(problem.location())) {
            // Known from another path, such as that of the anchor; what is missing here is known with it.
            cover(covered);
            return;
        }
        if (isCovered(covered)) {
            return;
        }
        found.put(problem.withOrigin(Origin.join(problem.origin(), way)), covered);
    }

    /** Says that the value of that place is no longer in the model, so that no stage reports what stands there now. */
    public void replaced(SourceLocation place) {
        if (!place.equals(SourceLocation.NONE)) {
            replaced.add(place);
        }
    }

    /** Says that stages after this one have nothing to say at and below the path. */
    public void cover(String path) {
        known.add(path);
        int dot = path.lastIndexOf('.');
        if (dot > 0 && !path.endsWith("]")) {
            memberKnown.add(path.substring(0, dot));
        }
    }

    /** Says that a file is missing from the model, so that what is not there may well exist. */
    public void incomplete() {
        incomplete = true;
    }

    /** Whether a file is missing from the model. */
    public boolean isIncomplete() {
        return incomplete;
    }

    /** Whether an earlier stage reported the value at that path, or one that it is part of. */
    public boolean isCovered(String path) {
        if (known.isEmpty()) {
            return false;
        }
        for (int end = path.length();
                end > 0;
                end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
            if (known.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an earlier stage reported a member of the mapping at that path, not of what is below the member. */
    public boolean isMemberCovered(String path) {
        return memberKnown.contains(path);
    }

    /** Ends a stage; the ones after it leave out what it reported. */
    public void endStage() {
        endStage(UnaryOperator.identity());
    }

    /**
     * Ends a stage.
     *
     * @param completion adds what the stage did not know to each problem
     */
    public void endStage(UnaryOperator<Problem> completion) {
        found.forEach((problem, covered) -> {
            errors.add(completion.apply(problem));
            if (!covered.isEmpty()) {
                cover(covered);
            }
        });
        found.clear();
    }

    /** Runs a part of a stage; what it reports came this way. */
    public <T> T through(String step, Supplier<T> part) {
        String before = way;
        way = Origin.join(step, before);
        try {
            return part.get();
        } finally {
            way = before;
        }
    }

    /** Reports what ended a part of a run that the rest can do without. */
    public void error(ComposeFileException e) {
        e.problems().forEach(this::error);
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
        return !errors.isEmpty() || !found.isEmpty();
    }

    /** All mistakes so far, each file's in the order of its lines. */
    public List<Problem> errors() {
        Set<Problem> all = new LinkedHashSet<>(errors);
        all.addAll(found.keySet());
        return ordered(all);
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
