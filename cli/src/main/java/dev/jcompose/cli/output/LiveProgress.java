package dev.jcompose.cli.output;

import dev.jcompose.cli.world.Terminal;
import dev.jcompose.engine.api.Event;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A list of resources that is drawn again in place as they change:
 *
 * <pre>
 * [+] up 1/2
 *  ✔ Network web-db_default  Created    0.1s
 *  ⠹ Container web-db-db-1   Starting   0.4s
 * </pre>
 */
final class LiveProgress implements Progress {
    private static final Duration TICK = Duration.ofMillis(100);

    private final PrintStream out;
    private final Ansi ansi;
    private final Clock clock;
    private final String title;
    private final Supplier<Terminal.Size> size;
    private final Map<String, ProgressRow> rows = new LinkedHashMap<>();
    private final LayerProgress layers = new LayerProgress();
    private final List<String> said = new ArrayList<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    // Asking the terminal loads native code: not before the first tick, on the ticker's thread.
    private Terminal.Size terminal = new Terminal.Size(24, 80);
    private int drawnLines;
    private boolean closed;

    LiveProgress(PrintStream out, Ansi ansi, Clock clock, String title, Supplier<Terminal.Size> size) {
        this.out = out;
        this.ansi = ansi;
        this.clock = clock;
        this.title = title;
        this.size = size;
        ticker.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS)
                .isDone();
    }

    private void tick() {
        Terminal.Size now = size.get();
        synchronized (this) {
            terminal = now;
            if (!closed && rows.values().stream().anyMatch(ProgressRow::isWorking)) {
                draw(false);
            }
        }
    }

    @Override
    public synchronized void on(Event event) {
        if (closed) {
            return;
        }
        if (EventText.isWarning(event)) {
            print(ansi.style(Ansi.Style.YELLOW, " ! ") + EventText.warning(event));
            return;
        }
        String subject = EventText.subject(event);
        Instant now = clock.instant();
        if (LayerProgress.isLayer(event)) {
            layers.add(event);
            rows.computeIfPresent(subject, (any, row) -> row.detailed(layers.summary(event.name())));
        } else {
            rows.merge(subject, ProgressRow.of(subject, event, now), (old, fresh) -> old.next(event, now));
        }
        draw(false);
    }

    @Override
    public synchronized void say(String text) {
        if (!closed) {
            print(text);
        }
    }

    @Override
    public synchronized void beside(Runnable print) {
        if (closed) {
            print.run();
            return;
        }
        out.print(ansi.up(drawnLines) + ansi.clearBelow());
        out.flush();
        drawnLines = 0;
        print.run();
        draw(false);
    }

    /** Puts a line above the list, for good. */
    private void print(String line) {
        said.add(line);
        draw(false);
    }

    private void draw(boolean last) {
        StringBuilder text = new StringBuilder(ansi.hideCursor()).append(ansi.up(drawnLines));
        for (String line : said) {
            text.append(line).append(ansi.clearLine()).append('\n');
        }
        said.clear();
        List<String> lines = lines(last);
        for (String line : lines) {
            text.append(line).append(ansi.clearLine()).append('\n');
        }
        text.append(ansi.clearBelow()).append(ansi.showCursor());
        drawnLines = lines.size();
        out.print(text);
        out.flush();
    }

    private List<String> lines(boolean last) {
        List<String> lines = new ArrayList<>();
        if (rows.isEmpty()) {
            return lines;
        }
        long done = rows.values().stream().filter(row -> !row.isWorking()).count();
        lines.add("[+] %s %d/%d".formatted(title, done, rows.size()));
        List<ProgressRow> shown = new ArrayList<>(rows.values());
        // What does not fit would scroll away and be drawn twice; at the end everything may scroll.
        int room = Math.max(1, terminal.rows() - 2);
        if (!last && shown.size() > room) {
            shown.sort(Comparator.comparing(ProgressRow::isWorking).reversed());
            shown = shown.subList(0, room - 1);
        }
        int width = shown.stream().mapToInt(row -> row.subject().length()).max().orElse(0);
        Instant now = clock.instant();
        shown.forEach(row -> lines.add(row.line(ansi, width, terminal.columns(), now)));
        if (shown.size() < rows.size()) {
            lines.add(" ... %d more".formatted(rows.size() - shown.size()));
        }
        return lines;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            ticker.shutdownNow();
            draw(true);
        }
    }
}
