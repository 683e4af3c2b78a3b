package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One resource in the list.
 *
 * @param subject for example {@code Container web-db-db-1}
 * @param since when its first event came
 * @param until when its last event came; the clock stands while it does not work
 */
record ProgressRow(String subject, String action, String detail, Event.Status status, Instant since, Instant until) {
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final int ACTION_WIDTH = 12;

    static ProgressRow of(String subject, Event event, Instant now) {
        return new ProgressRow(subject, event.action(), detail(event), event.status(), now, now);
    }

    ProgressRow next(Event event, Instant now) {
        return new ProgressRow(subject, event.action(), detail(event), event.status(), since, now);
    }

    /** The reason, or the last line of output without the number of its step. */
    private static String detail(Event event) {
        String output = EventText.output(event);
        return output == null ? event.detail() : output.replaceFirst("^#\\d+ ", "");
    }

    /** The same with other words behind the action. */
    ProgressRow detailed(String words) {
        return new ProgressRow(subject, action, words, status, since, until);
    }

    boolean isWorking() {
        return status == Event.Status.WORKING;
    }

    /** The line, not longer than the terminal is wide: a line that wraps would be drawn twice. */
    String line(Ansi ansi, int subjectWidth, int columns, Instant now) {
        Duration spent = Duration.between(since, isWorking() ? now : until);
        String time = String.format(Locale.ROOT, "%.1fs", spent.toMillis() / 1000.0);
        String words = (action + " " + detail).strip();
        String head = " %s " + subject + " ".repeat(Math.max(0, subjectWidth - subject.length())) + "  ";
        int used = 3 + Math.max(subject.length(), subjectWidth) + 2;
        int room = Math.max(1, columns - used - time.length() - 2);
        String cut = words.length() <= room ? words : words.substring(0, room - 1) + "…";
        String gap = " ".repeat(Math.max(1, Math.min(room, Math.max(ACTION_WIDTH, cut.length())) - cut.length() + 1));
        return head.formatted(mark(ansi, now)) + ansi.style(style(), cut) + gap + ansi.style(Ansi.Style.BLUE, time);
    }

    private Ansi.Style style() {
        return switch (status) {
            case WORKING -> Ansi.Style.BLUE;
            case DONE -> Ansi.Style.GREEN;
            case WARNING -> Ansi.Style.YELLOW;
            case ERROR -> Ansi.Style.RED;
        };
    }

    private String mark(Ansi ansi, Instant now) {
        String mark = switch (status) {
            case WORKING -> SPINNER[(int) (now.toEpochMilli() / 100 % SPINNER.length)];
            case DONE -> "✔";
            case WARNING -> "!";
            case ERROR -> "✘";
        };
        return ansi.style(style(), mark);
    }
}
