package dev.jcompose.cli.output;

import dev.jcompose.cli.world.World;
import java.io.PrintStream;

/** The ways to show progress. */
public enum ProgressMode {
    TTY,
    PLAIN,
    JSON,
    QUIET;

    /**
     * A display on a stream.
     *
     * @param title what is done, for example {@code up}
     */
    public Progress open(World world, PrintStream out, Ansi ansi, String title) {
        return switch (this) {
            case TTY -> new LiveProgress(out, ansi, world.clock(), title, world.terminal()::size);
            case PLAIN -> new PlainProgress(out, world.clock());
            case JSON -> new JsonProgress(out);
            case QUIET -> new QuietProgress();
        };
    }
}
