package dev.jcompose.images.build;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Tells how a build goes on, line by line, as BuildKit's plain progress does. Thread-safe if its consumer is. */
public final class ProgressLog {
    private static final int KEPT_LINES = 20;

    private final Clock clock;
    private final AtomicInteger numbers;
    private final Consumer<String> lines;

    /** @param numbers of the steps; several builds that are shown together have one */
    public ProgressLog(Clock clock, AtomicInteger numbers, Consumer<String> lines) {
        this.clock = clock;
        this.numbers = numbers;
        this.lines = lines;
    }

    /** Begins a step. */
    public Step begin(String title) {
        Step step = new Step(numbers.incrementAndGet());
        step.say(title);
        return step;
    }

    /** Something that takes time. Used by one thread at a time. */
    public final class Step {
        private final int number;
        private final Instant begun = clock.instant();
        private final Deque<String> last = new ArrayDeque<>();

        private Step(int number) {
            this.number = number;
        }

        private void say(String text) {
            lines.accept("#" + number + " " + text);
        }

        /** A line of a command's output. */
        public synchronized void output(String line) {
            say(seconds() + " " + line);
            last.addLast(line);
            if (last.size() > KEPT_LINES) {
                last.removeFirst();
            }
        }

        /** The end of a command's output. */
        public synchronized List<String> lastOutput() {
            return List.copyOf(last);
        }

        public void cached() {
            say("CACHED");
        }

        public void done() {
            say("DONE " + seconds() + "s");
        }

        public void failed(String problem) {
            say("ERROR: " + problem);
        }

        public void canceled() {
            say("CANCELED");
        }

        private String seconds() {
            Duration took = Duration.between(begun, clock.instant());
            return "%d.%03d".formatted(took.toSeconds(), took.toMillisPart());
        }
    }
}
