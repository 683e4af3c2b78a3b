package dev.jcompose.engine.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How to take back what has been made so far. Made things register here; when the whole succeeds, {@link #keep} forgets
 * them, otherwise {@link #undo} takes them back, the last one first.
 */
public final class Undo {
    private final Deque<Step> steps = new ArrayDeque<>();

    /** Takes one thing back. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    /** Registers how to take back what has just been made. */
    public void with(Step step) {
        steps.push(step);
    }

    /** Everything stays. */
    public void keep() {
        steps.clear();
    }

    /** Takes everything back; what goes wrong with that is suppressed in {@code cause}. */
    public void undo(Throwable cause) {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
