package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import java.io.PrintStream;
import java.time.Clock;

/** A line per event, as {@code docker compose --progress plain} prints them. */
final class PlainProgress implements Progress {
    private final PrintStream out;
    private final Clock clock;
    private final LayerProgress layers = new LayerProgress();
    private final String prefix;

    /** {@code prefix} begins the lines of events. */
    PlainProgress(PrintStream out, Clock clock, String prefix) {
        this.out = out;
        this.clock = clock;
        this.prefix = prefix;
    }

    @Override
    public synchronized void on(Event event) {
        if (EventText.isWarning(event)) {
            out.println(WarningLine.of(clock, EventText.warning(event)));
        } else if (EventText.output(event) != null) {
            out.println(EventText.output(event));
        } else if (LayerProgress.isLayer(event)) {
            if (layers.add(event)) {
                line(LayerProgress.layer(event), event.action(), size(event));
            }
        } else {
            line(EventText.subject(event), event.action(), event.detail());
        }
        out.flush();
    }

    /** In one piece: a format would write its parts one by one, and where it goes may be far. */
    private void line(String subject, String action, String detail) {
        out.println(String.join(" ", prefix, subject, action, detail));
    }

    private static String size(Event event) {
        long total = LayerProgress.total(event);
        return total == 0 ? "" : HumanSize.of(total);
    }

    @Override
    public synchronized void say(String text) {
        out.println(prefix + text);
        out.flush();
    }

    @Override
    public void close() {}
}
