package dev.jcompose.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogListener;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints log lines, each behind its container's name: {@code db-1 | ready}. Standard error goes to standard error.
 * Colours go round over the containers in the order in which they speak.
 */
public final class LogPrinter implements LogListener {
    private static final List<Ansi.Style> COLOURS = List.of(
            Ansi.Style.CYAN,
            Ansi.Style.YELLOW,
            Ansi.Style.GREEN,
            Ansi.Style.MAGENTA,
            Ansi.Style.BLUE,
            Ansi.Style.INTENSE_CYAN,
            Ansi.Style.INTENSE_YELLOW,
            Ansi.Style.INTENSE_GREEN,
            Ansi.Style.INTENSE_MAGENTA,
            Ansi.Style.INTENSE_BLUE);
    /** Nine digits always, so that lines are aligned. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final PrintStream err;
    private final Ansi ansi;
    private final boolean prefix;
    private final boolean timestamps;
    private final Map<String, Ansi.Style> colours = new HashMap<>();
    private int width;

    /**
     * Prints nothing yet.
     *
     * @param prefix false leaves the names out
     * @param timestamps when the line was written, before its text
     */
    public LogPrinter(PrintStream out, PrintStream err, Ansi ansi, boolean prefix, boolean timestamps) {
        this.out = out;
        this.err = err;
        this.ansi = ansi;
        this.prefix = prefix;
        this.timestamps = timestamps;
    }

    /** Makes room for names, so that lines of containers that have not spoken yet will be aligned too. */
    public void expect(Collection<String> containers) {
        containers.forEach(container -> width = Math.max(width, container.length()));
    }

    @Override
    public void on(LogEntry entry) {
        switch (entry.source()) {
            case STDOUT -> print(out, entry);
            case STDERR -> print(err, entry);
            case ENGINE -> status(entry);
        }
    }

    private void print(PrintStream stream, LogEntry entry) {
        if (prefix) {
            expect(List.of(entry.container()));
            String name =
                    entry.container() + " ".repeat(width + 1 - entry.container().length()) + " | ";
            write(stream, ansi.style(colour(entry.container()), name).getBytes(UTF_8));
        }
        if (timestamps) {
            write(stream, (time(entry.time()) + " ").getBytes(UTF_8));
        }
        write(stream, entry.text());
        stream.write('\n');
    }

    private static void write(PrintStream stream, byte[] bytes) {
        stream.write(bytes, 0, bytes.length);
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    /** For example {@code db-1 exited with code 0}. */
    private void status(LogEntry entry) {
        String line = entry.container() + " " + new String(entry.text(), UTF_8);
        write(out, (ansi.style(colour(entry.container()), line) + "\n").getBytes(UTF_8));
    }

    /** Prints a line of what the command itself does beside showing logs. */
    public void own(String line) {
        String mark = prefix ? ansi.style(Ansi.Style.INTENSE_GREEN, " ".repeat(width + 1) + " ⦿ ") : "";
        write(out, (mark + line + "\n").getBytes(UTF_8));
    }

    private Ansi.Style colour(String container) {
        return colours.computeIfAbsent(container, name -> COLOURS.get(colours.size() % COLOURS.size()));
    }

    /**
     * Sends what was printed.
     *
     * @return false when nobody reads it any more
     */
    public boolean flush() {
        boolean failed = out.checkError();
        return !(err.checkError() || failed);
    }
}
