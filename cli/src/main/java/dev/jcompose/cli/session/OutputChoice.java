package dev.jcompose.cli.session;

import dev.jcompose.cli.output.Ansi;
import dev.jcompose.cli.output.ProgressMode;
import dev.jcompose.cli.project.GlobalOptions;
import dev.jcompose.cli.world.World;
import java.util.Optional;

/**
 * How to print: {@code --ansi}, {@code --progress}, their variables, {@code NO_COLOR} and the terminal together.
 *
 * @param ansi what is asked for; empty leaves it to the terminal
 */
public record OutputChoice(Optional<Boolean> ansi, ProgressMode mode) {

    public static OutputChoice of(World world, GlobalOptions options) {
        String wanted = options.ansi() == null ? world.variable("COMPOSE_ANSI", "auto") : options.ansi();
        Optional<Boolean> ansi = switch (wanted) {
            case "auto" -> isPlain(world) ? Optional.of(false) : Optional.empty();
            case "always" -> Optional.of(true);
            case "never" -> Optional.of(false);
            default -> throw new CommandException("unsupported --ansi value \"%s\"".formatted(wanted));
        };
        return new OutputChoice(ansi, mode(world, options, ansi));
    }

    private static boolean isPlain(World world) {
        return !world.variable("NO_COLOR", "").isEmpty()
                || world.variable("TERM", "").equals("dumb");
    }

    private static ProgressMode mode(World world, GlobalOptions options, Optional<Boolean> ansi) {
        String wanted = options.progress() == null ? world.variable("COMPOSE_PROGRESS", "auto") : options.progress();
        boolean disabled = ansi.equals(Optional.of(false));
        switch (wanted) {
            case "auto" -> {
                return world.terminal().isError() && !disabled ? ProgressMode.TTY : ProgressMode.PLAIN;
            }
            case "tty" -> {
                if (disabled) {
                    throw new CommandException("can't use --progress tty while ANSI support is disabled");
                }
                return ProgressMode.TTY;
            }
            case "plain" -> {
                if (ansi.equals(Optional.of(true))) {
                    throw new CommandException("can't use --progress plain while ANSI support is forced");
                }
                return ProgressMode.PLAIN;
            }
            case "quiet", "none" -> {
                return ProgressMode.QUIET;
            }
            case "json" -> {
                return ProgressMode.JSON;
            }
            default -> throw new CommandException("unsupported --progress value \"%s\"".formatted(wanted));
        }
    }

    /** For a stream that is a terminal or not. */
    public Ansi ansi(boolean terminal) {
        return new Ansi(ansi.orElse(terminal));
    }
}
