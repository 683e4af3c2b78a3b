package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import java.io.PrintStream;
import java.util.function.Function;

/** A display below which the timings are printed in the end, if there are any. */
final class TimedProgress implements Progress {
    private final Progress progress;
    private final PrintStream out;
    private final Function<TimingReport, String> form;
    private final TimingReport timings = new TimingReport();
    private boolean closed;

    /** @param form of the timings, with the end of the last line */
    TimedProgress(Progress progress, PrintStream out, Function<TimingReport, String> form) {
        this.form = form;
        this.progress = progress;
        this.out = out;
    }

    @Override
    public void on(Event event) {
        if (TimingReport.isTiming(event)) {
            timings.on(event);
        } else {
            progress.on(event);
        }
    }

    @Override
    public void say(String text) {
        progress.say(text);
    }

    @Override
    public void beside(Runnable print) {
        progress.beside(print);
    }

    @Override
    public synchronized void close() {
        progress.close();
        if (!closed) {
            closed = true;
            out.print(form.apply(timings));
            out.flush();
        }
    }
}
