package dev.jcompose.cli;

import dev.jcompose.cli.command.CommandException;
import dev.jcompose.cli.project.Suggestion;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses arguments, and says what is wrong with them in the words of {@code docker compose}. */
final class Parsing {
    private Parsing() {}

    /** Fills the fields of the command. */
    static void parse(CommandLine line, List<String> arguments) {
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (UnmatchedArgumentException e) {
            throw new CommandException(unmatched(line, e.getUnmatched().get(0)));
        } catch (MissingParameterException e) {
            throw new CommandException(missing(e));
        } catch (ParameterException e) {
            throw new CommandException(firstLine(e));
        }
    }

    private static String unmatched(CommandLine line, String argument) {
        if (argument.startsWith("--")) {
            String flag = argument.replaceFirst("=.*", "");
            List<String> flags = line.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .map(CommandLine.Model.OptionSpec::longestName)
                    .toList();
            return "unknown flag: " + flag + Suggestion.hint(flag, flags);
        }
        if (argument.startsWith("-") && argument.length() > 1) {
            return "unknown shorthand flag: '%c' in %s".formatted(argument.charAt(1), argument);
        }
        return "unknown argument: \"%s\"".formatted(argument);
    }

    private static String missing(MissingParameterException e) {
        if (e.getMissing().stream().anyMatch(argument -> !argument.isOption())) {
            return "\"%s\" needs more arguments; see %s --help"
                    .formatted(
                            e.getCommandLine().getCommandName(),
                            e.getCommandLine().getCommandName());
        }
        return e.getMissing().isEmpty()
                ? firstLine(e)
                : "flag needs an argument: "
                        + ((CommandLine.Model.OptionSpec) e.getMissing().get(0)).longestName();
    }

    private static String firstLine(ParameterException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
