package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Ansi;
import dev.jcompose.cli.output.Ansi.Style;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.world.Registration;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last line of the terminal under an {@code up} in the foreground: which keys do what. Everything that is printed
 * goes above it.
 */
final class UpMenu implements AutoCloseable {
    private static final int NARROWEST = 32;

    private final Session session;
    private final Ansi ansi;
    private final Keys keys;
    private @Nullable Registration mode;
    private @Nullable Registration resumed;
    private @Nullable Thread reader;
    private boolean open;

    /** What the keys do. */
    interface Keys {

        /** {@code d}. */
        void detach();

        /** {@code w}. */
        void toggleWatch();

        /** Whether {@code w} would switch it off. */
        boolean isWatching();
    }

    /** Shows nothing yet. */
    UpMenu(Session session, Keys keys) {
        this.session = session;
        this.ansi = session.outAnsi();
        this.keys = keys;
    }

    /** Whether somebody can see it and press keys, and wants to. */
    static boolean isWanted(Session session, @Nullable Boolean asked) {
        var terminal = session.world().terminal();
        boolean wanted = asked != null
                ? asked
                : !session.world().variable("COMPOSE_MENU", "true").equalsIgnoreCase("false");
        return wanted
                && terminal.isOutput()
                && terminal.isForeground()
                && session.outAnsi().enabled()
                && terminal.size().columns() >= NARROWEST;
    }

    /** Shows it, and listens to keys. */
    synchronized void open() {
        open = true;
        mode = session.world().terminal().keys();
        // The shell sets the terminal as it wants it while the command is stopped.
        resumed = session.world().signals().onSignal(List.of("CONT"), name -> resume());
        reader = new Thread(this::read, "keys");
        reader.setDaemon(true);
        reader.start();
        draw();
    }

    private synchronized void resume() {
        if (open && mode != null && session.world().terminal().isForeground()) {
            mode.close();
            mode = session.world().terminal().keys();
            draw();
        }
    }

    @SuppressWarnings("EmptyCatch") // the menu is closed, or nobody is there any more
    private void read() {
        try {
            for (int key = session.world().in().read();
                    key >= 0;
                    key = session.world().in().read()) {
                pressed(key);
            }
        } catch (IOException e) {
            // The end.
        }
    }

    private void pressed(int key) {
        switch (key) {
            case 'd' -> keys.detach();
            case 'w' -> {
                keys.toggleWatch();
                beside(() -> {});
            }
            case '\n', '\r' -> beside(() -> session.out().println());
            default -> {}
        }
    }

    /** Prints above it. */
    synchronized void beside(Runnable print) {
        if (!open) {
            print.run();
            return;
        }
        session.out().print("\r" + ansi.clearLine());
        session.out().flush();
        print.run();
        draw();
    }

    private void draw() {
        String watch = keys.isWatching() ? " Disable Watch" : " Enable Watch";
        session.out()
                .print("\r" + ansi.clearLine() + ansi.style(Style.CYAN, "w") + watch + "   "
                        + ansi.style(Style.CYAN, "d") + " Detach");
        session.out().flush();
    }

    /** Takes it away; the terminal is as it was before. */
    @Override
    public synchronized void close() {
        if (!open) {
            return;
        }
        open = false;
        session.out().print("\r" + ansi.clearLine());
        session.out().flush();
        if (resumed != null) {
            resumed.close();
        }
        if (mode != null) {
            mode.close();
        }
        // Last: to interrupt it closes the input, of which the mode is a matter.
        if (reader != null && reader != Thread.currentThread()) {
            reader.interrupt();
        }
    }
}
