package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the time of an operation went: every step of its plan, and the chain of steps, each of which had to wait for
 * the one before it, that the operation could not have been faster than.
 */
public final class TimingReport implements EventListener {
    private static final int COLUMN = 10;

    private final List<Step> steps = new ArrayList<>();

    private record Step(int id, String verb, String subject, Instant began, Instant ended, List<Integer> after) {
        static Step of(Event event) {
            Map<String, String> attributes = event.attributes();
            List<Integer> after = Stream.of(attributes.getOrDefault("after", "").split(",", -1))
                    .filter(id -> !id.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
            return new Step(
                    Integer.parseInt(attributes.getOrDefault("id", "0")),
                    words(attributes.getOrDefault("step", "")),
                    event.name(),
                    Instant.parse(attributes.getOrDefault("began", event.time().toString())),
                    event.time(),
                    after);
        }

        /** {@code CreateContainer}: {@code create container}. */
        private static String words(String verb) {
            return verb.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }

        Duration took() {
            return Duration.between(began, ended);
        }
    }

    /** Takes in those events that are about timings. */
    @Override
    public synchronized void on(Event event) {
        steps.add(Step.of(event));
    }

    /** Whether an event is for this report, and not for the display of progress. */
    public static boolean isTiming(Event event) {
        return event.action().equals(Event.Action.TIMING);
    }

    /** The report, with the end of its last line; empty if nothing was done. */
    public synchronized String text() {
        if (steps.isEmpty()) {
            return "";
        }
        Instant begin = begin();
        Instant end =
                steps.stream().map(Step::ended).max(Comparator.naturalOrder()).orElseThrow();
        Table table = new Table(COLUMN, List.of("BEGAN", "TOOK", "STEP", "OF"));
        inOrder()
                .forEach(step -> table.row(List.of(
                        seconds(Duration.between(begin, step.began())),
                        seconds(step.took()),
                        step.verb(),
                        step.subject())));
        List<Step> path = criticalPath();
        Duration together = path.stream().map(Step::took).reduce(Duration.ZERO, Duration::plus);
        Table chain = new Table(COLUMN, List.of("ENDED", "TOOK", "STEP", "OF"));
        path.forEach(step -> chain.row(List.of(
                seconds(Duration.between(begin, step.ended())), seconds(step.took()), step.verb(), step.subject())));
        String line = "critical path: %s of %s%n".formatted(seconds(together), seconds(Duration.between(begin, end)));
        return table + System.lineSeparator() + line + chain;
    }

    /** A JSON object per line and step, in the form of other progress, with times in milliseconds. */
    public synchronized String json() {
        StringBuilder lines = new StringBuilder();
        Set<Step> critical = Set.copyOf(criticalPath());
        inOrder()
                .forEach(step -> lines.append(JsonObject.create()
                                .put("id", step.verb() + " " + step.subject())
                                .put("status", "Done")
                                .put("text", "Timing")
                                .put(
                                        "began",
                                        Duration.between(begin(), step.began()).toMillis())
                                .put("took", step.took().toMillis())
                                .put("critical", critical.contains(step)))
                        .append('\n'));
        return lines.toString();
    }

    private Stream<Step> inOrder() {
        return steps.stream().sorted(Comparator.comparing(Step::began).thenComparing(Step::id));
    }

    private Instant begin() {
        return steps.stream().map(Step::began).min(Comparator.naturalOrder()).orElseThrow();
    }

    /**
     * From the step that ended last back over the one that it waited for longest, with what comes before and after the
     * plan.
     */
    private List<Step> criticalPath() {
        Map<Integer, Step> byId = new LinkedHashMap<>();
        List<Step> path = new ArrayList<>();
        for (Step step : steps) {
            if (step.id() == 0) {
                path.add(step);
            } else {
                byId.put(step.id(), step);
            }
        }
        Optional<Step> next = byId.values().stream().max(Comparator.comparing(Step::ended));
        while (next.isPresent()) {
            Step step = next.get();
            path.add(step);
            next = step.after().stream()
                    .map(byId::get)
                    .filter(before -> before != null)
                    .max(Comparator.comparing(Step::ended));
        }
        path.sort(Comparator.comparing(Step::began).thenComparing(Step::id));
        return path;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
