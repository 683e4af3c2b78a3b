package dev.jcompose.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
    private final List<String> done = new ArrayList<>();
    private final Exception cause = new IOException("what failed");
    private final Undo undo = new Undo();

    @Test
    void takesBackTheLastFirstAndOnce() {
        undo.with(() -> done.add("first"));
        undo.with(() -> done.add("second"));
        undo.undo(cause);
        undo.undo(cause);
        assertThat(done).containsExactly("second", "first");
        assertThat(cause).hasNoSuppressedExceptions();
    }

    @Test
    void carriesOnWhenAStepFailsAndTellsOfIt() {
        IOException failure = new IOException("cannot take back");
        undo.with(() -> done.add("first"));
        undo.with(() -> {
            throw failure;
        });
        undo.undo(cause);
        assertThat(done).containsExactly("first");
        assertThat(cause).hasSuppressedException(failure);
    }

    @Test
    void keepsWhatIsToBeKept() {
        undo.with(() -> done.add("first"));
        undo.keep();
        undo.undo(cause);
        assertThat(done).isEmpty();
    }
}
