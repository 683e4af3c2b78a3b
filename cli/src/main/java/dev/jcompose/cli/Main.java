package dev.jcompose.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The process that {@code ./jcompose} starts. */
@Command(
        name = "jcompose",
        description = "Runs Compose files on Linux without Docker",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** Runs the command that {@code args} name and exits with its code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Command(name = "version", description = "Show the version")
    int version() {
        String version = Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "unknown");
        System.out.println("jcompose version " + version);
        return 0;
    }
}
