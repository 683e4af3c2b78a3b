package dev.jcompose.cli;

import dev.jcompose.cli.project.GlobalOptions;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.model.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses arguments, and says what is wrong with them in the words of {@code docker compose}. */
final class Parsing {
    private static final Set<String> YES = Set.of("1", "t", "true");
    private static final Set<String> NO = Set.of("0", "f", "false");

    private Parsing() {}

    /** Fills the fields of the command. */
    static void parse(CommandLine line, List<String> arguments) {
        try {
            line.parseArgs(withoutNo(line, arguments).toArray(String[]::new));
        } catch (UnmatchedArgumentException e) {
            throw new CommandException(unmatched(line, e.getUnmatched().get(0)));
        } catch (MissingParameterException e) {
            throw new CommandException(missing(e));
        } catch (ParameterException e) {
            throw new CommandException(invalid(e));
        }
    }

    /** A switch may say what it is: {@code --quiet=true} is {@code --quiet}, and {@code --quiet=false} is nothing. */
    private static List<String> withoutNo(CommandLine line, List<String> arguments) {
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--") || (line.isStopAtPositional() && !argument.startsWith("-"))) {
                plain.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            int equals = argument.startsWith("-") ? argument.indexOf('=') : -1;
            OptionSpec option = equals < 0 ? null : line.getCommandSpec().findOption(argument.substring(0, equals));
            String value = argument.substring(equals + 1).toLowerCase(Locale.ROOT);
            boolean isSwitch = option != null && option.arity().max() == 0;
            if (isSwitch && YES.contains(value)) {
                plain.add(argument.substring(0, equals));
            } else if (!isSwitch || !NO.contains(value)) {
                plain.add(argument);
            }
        }
        return plain;
    }

    private static String unmatched(CommandLine line, String argument) {
        if (argument.startsWith("--")) {
            String flag = argument.replaceFirst("=.*", "");
            List<String> flags = line.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            String hint = placeOf(flag, line);
            return "unknown flag: " + flag + (hint.isEmpty() ? Suggestion.hint(flag, flags) : hint);
        }
        if (argument.startsWith("-") && argument.length() > 1) {
            return "unknown shorthand flag: '%c' in %s".formatted(argument.charAt(1), argument)
                    + placeOf(argument.substring(0, 2), line);
        }
        return "unknown argument: \"%s\"".formatted(argument);
    }

    /** For an option of the program that stands after the command: where it would be right. */
    private static String placeOf(String flag, CommandLine line) {
        OptionSpec option =
                Jcompose.parser(new GlobalOptions()).getCommandSpec().findOption(flag);
        if (option == null || option.hidden()) {
            return "";
        }
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return "; it goes before the command: "
                + line.getCommandName().replaceFirst(" ", " " + Matcher.quoteReplacement(flag + value) + " ");
    }

    private static String missing(MissingParameterException e) {
        String places = e.getMissing().stream()
                .filter(argument -> !argument.isOption())
                .map(ArgSpec::paramLabel)
                .collect(Collectors.joining(" "));
        if (!places.isEmpty()) {
            String command = e.getCommandLine().getCommandName();
            return "\"%s\" needs more arguments: %s; see %s --help".formatted(command, places, command);
        }
        return e.getMissing().isEmpty()
                ? firstLine(e)
                : "flag needs an argument: " + ((OptionSpec) e.getMissing().get(0)).longestName();
    }

    private static String invalid(ParameterException e) {
        ArgSpec argument = e.getArgSpec();
        if (argument == null || e.getValue() == null) {
            return firstLine(e);
        }
        return "invalid argument \"%s\" for %s: it must be %s"
                .formatted(
                        e.getValue(),
                        argument instanceof OptionSpec option
                                ? "\"" + option.longestName() + "\" flag"
                                : argument.paramLabel(),
                        argument.type() == boolean.class ? "true or false" : "a whole number");
    }

    private static String firstLine(ParameterException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
