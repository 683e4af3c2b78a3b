package dev.jcompose.cli;

import dev.jcompose.cli.command.Commands;
import dev.jcompose.cli.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} prints. */
final class Help {
    /** In columns; picocli refuses less than 55. */
    private static final int NARROWEST = 60;

    private static final int WIDEST = 100;

    private Help() {}

    /** Of the whole program. */
    static String ofProgram(CommandLine options, World world) {
        options.getCommandSpec().usageMessage().width(width(world));
        StringBuilder text = new StringBuilder();
        text.append("Usage:  jcompose [OPTIONS] COMMAND\n\n")
                .append("Runs Compose files on Linux without Docker\n\n")
                .append("Options:\n")
                .append(new CommandLine.Help(options.getCommandSpec(), CommandLine.Help.Ansi.OFF).optionList());
        Map<String, String> ofCompose = new TreeMap<>();
        Map<String, String> others = new TreeMap<>();
        Commands.descriptions()
                .forEach((name, words) -> (Commands.isOfCompose(name) ? ofCompose : others).put(name, words));
        list(text, "Commands of docker compose", ofCompose, world);
        list(text, "More commands", others, world);
        return text.append("\nRun 'jcompose COMMAND --help' for more information on a command.\n")
                .toString();
    }

    /** Commands with what they do, in two columns of which the second is wrapped. */
    private static void list(StringBuilder text, String title, Map<String, String> commands, World world) {
        text.append('\n').append(title).append(":\n");
        int names =
                2 + commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        commands.forEach((name, words) -> {
            text.append("  ").append(name).append(" ".repeat(names - name.length()));
            int column = 2 + names;
            for (String word : words.split(" ", -1)) {
                if (column + word.length() > width(world) && column > 2 + names) {
                    text.setLength(text.length() - 1);
                    text.append('\n').append(" ".repeat(2 + names));
                    column = 2 + names;
                }
                text.append(word).append(' ');
                column += word.length() + 1;
            }
            text.setCharAt(text.length() - 1, '\n');
        });
    }

    /** Of one command, as wide as the terminal but not wider than is good to read. */
    static String of(CommandLine line, World world) {
        line.getCommandSpec().usageMessage().width(width(world));
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

    private static int width(World world) {
        return Math.max(NARROWEST, Math.min(WIDEST, columns(world)));
    }

    private static int columns(World world) {
        String columns = world.variable("COLUMNS", "");
        if (columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        return world.terminal().isOutput() ? world.terminal().size().columns() : WIDEST;
    }

    /** Of the commands that begin with a word. */
    static String ofGroup(String group, World world) {
        StringBuilder text = new StringBuilder("Usage:  jcompose " + group + " COMMAND\n");
        list(text, "Commands", Commands.ofGroup(group), world);
        return text.append("\nRun 'jcompose " + group + " COMMAND --help' for more information on a command.\n")
                .toString();
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
