package dev.jcompose.cli;

import dev.jcompose.cli.command.Commands;
import dev.jcompose.cli.world.World;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} prints. */
final class Help {
    /** In columns; picocli refuses less than 55. */
    private static final int NARROWEST = 60;

    private static final int WIDEST = 100;

    private Help() {}

    /** Of the whole program. */
    static String text(CommandLine globalLine) {
        CommandLine.Help help = globalLine.getHelp();
        StringBuilder text = new StringBuilder();
        text.append("Usage:  jcompose [OPTIONS] COMMAND\n\n")
                .append("Runs Compose files on Linux without Docker\n\n")
                .append("Options:\n")
                .append(help.optionList())
                .append("\nCommands:\n");
        Commands.descriptions()
                .forEach((name, description) -> text.append("  %-11s %s%n".formatted(name, description)));
        text.append("\nRun 'jcompose COMMAND --help' for more information on a command.\n");
        return text.toString();
    }

    /** Of one command, as wide as the terminal but not wider than is good to read. */
    static String of(CommandLine line, World world) {
        line.getCommandSpec().usageMessage().width(Math.max(NARROWEST, Math.min(WIDEST, columns(world))));
        if (line.getCommandSpec().findOption("-h") == null) {
            line.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .description("Show this help")
                            .build());
        }
        CommandLine.Help help = new CommandLine.Help(line.getCommandSpec(), CommandLine.Help.Ansi.OFF);
        StringBuilder text = new StringBuilder("Usage:  ").append(help.synopsis("Usage:  ".length()));
        text.append('\n').append(help.description()).append('\n');
        boolean explained = line.getCommandSpec().positionalParameters().stream()
                .anyMatch(argument -> argument.description().length > 0);
        if (explained) {
            text.append("Arguments:\n").append(help.parameterList()).append('\n');
        }
        return text.append("Options:\n").append(help.optionList()).toString();
    }

    private static int columns(World world) {
        String columns = world.variable("COLUMNS", "");
        if (columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        return world.terminal().isOutput() ? world.terminal().size().columns() : WIDEST;
    }

    /** Of the commands that begin with a word. */
    static String ofGroup(String group) {
        StringBuilder text = new StringBuilder("Usage:  jcompose " + group + " COMMAND\n\nCommands:\n");
        Commands.ofGroup(group)
                .forEach((name, description) -> text.append("  %-18s %s%n".formatted(name, description)));
        text.append("\nRun 'jcompose " + group + " COMMAND --help' for more information on a command.\n");
        return text.toString();
    }

    /** Whether a command's own help is wanted; what follows the command of exec does not count. */
    static boolean isAsked(CommandLine line, List<String> arguments) {
        for (String argument : arguments) {
            if (argument.equals("--help") || argument.equals("-h")) {
                return true;
            }
            if (argument.equals("--") || (line.isStopAtPositional() && !argument.startsWith("-"))) {
                return false;
            }
        }
        return false;
    }
}
