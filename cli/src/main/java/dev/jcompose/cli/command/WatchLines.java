package dev.jcompose.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.output.LogPrinter;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.watch.WatchOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** What a watch says among the lines of containers. */
final class WatchLines implements WatchOutput {
    private final Session session;
    private final LogPrinter printer;
    private final Consumer<Runnable> beside;

    /** @param beside prints without getting into the lines of others */
    WatchLines(Session session, LogPrinter printer, Consumer<Runnable> beside) {
        this.session = session;
        this.printer = printer;
        this.beside = beside;
    }

    @Override
    public void say(String line) {
        beside.accept(() -> {
            printer.own(line);
            boolean ignored = printer.flush();
        });
    }

    @Override
    public void warn(String problem) {
        beside.accept(() -> session.warn(problem));
    }

    @Override
    public OutputStream out() {
        return new Lines();
    }

    @Override
    public OutputStream err() {
        return new Lines();
    }

    /** Says each piece of output that comes, line by line. */
    private final class Lines extends FilterOutputStream {
        Lines() {
            super(OutputStream.nullOutputStream());
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            new String(bytes, offset, length, UTF_8).lines().forEach(WatchLines.this::say);
        }
    }
}
