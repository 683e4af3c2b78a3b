package dev.jcompose.cli;

import dev.jcompose.cli.command.Commands;
import java.util.List;
import picocli.CommandLine;

/** What {@code --help} prints. */
final class Help {
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
