package dev.jcompose.model.problem;

import dev.jcompose.model.node.Immutable;
import dev.jcompose.model.node.Origin;
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

    /** The same for who comes to it by a further step. */
    public ComposeFileException through(String step) {
        return new ComposeFileException(problems.stream()
                .map(problem -> problem.withOrigin(Origin.join(problem.origin(), step)))
                .toList());
    }

    /** What is wrong, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
