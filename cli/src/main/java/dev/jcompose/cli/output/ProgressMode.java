package dev.jcompose.cli.output;

import dev.jcompose.cli.world.World;
import java.io.PrintStream;

/** The ways to show progress. */
public enum ProgressMode {
    TTY,
    PLAIN,
    JSON,
    QUIET;

    /** What begins the lines of a dry run; nothing otherwise. */
    public static String prefix(boolean dryRun) {
        return dryRun ? "DRY-RUN MODE - " : "";
    }

    /**
     * A display on a stream.
     *
     * @param title what is done, for example {@code up}
     * @param dryRun whether nothing of what is shown really happens; each line says so
     */
    public Progress open(World world, PrintStream out, Ansi ansi, String title, boolean dryRun) {
        String prefix = prefix(dryRun);
        return switch (this) {
            case TTY ->
                new TimedProgress(
                        new LiveProgress(out, ansi, world.clock(), prefix + title, world.terminal()::size),
                        out,
                        TimingReport::text);
            case PLAIN -> new TimedProgress(new PlainProgress(out, world.clock(), prefix), out, TimingReport::text);
            case JSON -> new TimedProgress(new JsonProgress(out, dryRun), out, TimingReport::json);
            case QUIET -> new TimedProgress(new QuietProgress(), out, TimingReport::text);
        };
    }
}
