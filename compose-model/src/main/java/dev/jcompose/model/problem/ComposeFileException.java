package dev.jcompose.model.problem;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A project could not be loaded. Carries every problem that the run found, never none; the message is all of them, as
 * {@link Problem#toString} prints them, one after the other.
 */
public final class ComposeFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialized; an unmodifiable list of records
    private final List<Problem> problems;

    public ComposeFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = Immutable.list(problems);
    }

    public ComposeFileException(Problem problem) {
        this(List.of(problem));
    }

    /** What is wrong, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
