package dev.jcompose.cli.man;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The pages: one of the program and one of each command. */
public final class ManPage {
    private static final String EXIT = "0 when it has succeeded, also when there was nothing to do; 1 after an error;"
            + " 130 when it was interrupted. Commands that run another (exec, run) end as that one did.";

    private ManPage() {}

    /**
     * Of the whole program.
     *
     * @param options those before the command
     * @param commands all that are shown, with what they do
     */
    public static String ofProgram(CommandSpec options, Map<String, String> commands) {
        Roff page = new Roff()
                .title("jcompose")
                .section("NAME")
                .line("jcompose - run Compose files on Linux without Docker")
                .section("SYNOPSIS")
                .line("jcompose [OPTIONS] COMMAND [ARGUMENTS]")
                .section("DESCRIPTION")
                .line("Runs the services of a Compose file as containers, with networks, volumes and names that"
                        + " resolve between them. Commands, options and output are those of docker compose.")
                .section("OPTIONS");
        options(page, options);
        page.section("COMMANDS");
        commands.forEach((name, words) -> page.entry("jcompose-%s(1)".formatted(name.replace(' ', '-')), words));
        page.section("ENVIRONMENT");
        Environment.VARIABLES.forEach(page::entry);
        page.section("FILES")
                .entry(
                        "compose.yaml, compose.yml, docker-compose.yaml, docker-compose.yml",
                        "what is run, from the working directory or the nearest one above that has one")
                .entry(".env", "variables for the Compose file, beside it")
                .entry("/run/jcompose", "the engine's socket and what lives until the next boot")
                .entry("/var/lib/jcompose", "images, volumes, containers, logs")
                .section("EXIT STATUS")
                .line(EXIT);
        return page.toString();
    }

    /** Of one command. */
    public static String ofCommand(String name, String words, CommandSpec command) {
        Roff page = new Roff()
                .title("jcompose-" + name.replace(' ', '-'))
                .section("NAME")
                .line("jcompose-%s - %s".formatted(name.replace(' ', '-'), lowerFirst(words)))
                .section("SYNOPSIS")
                .line(synopsis(name, command))
                .section("DESCRIPTION")
                .line(words + ".");
        List<PositionalParamSpec> described = command.positionalParameters().stream()
                .filter(argument -> argument.description().length > 0)
                .toList();
        described.forEach(argument -> page.entry(argument.paramLabel(), description(argument)));
        page.section("OPTIONS");
        options(page, command);
        page.entry("-h, --help", "Show the help")
                .section("EXIT STATUS")
                .line(EXIT)
                .section("SEE ALSO")
                .line("jcompose(1)");
        return page.toString();
    }

    private static String synopsis(String name, CommandSpec command) {
        StringBuilder text =
                new StringBuilder("jcompose [OPTIONS] ").append(name).append(" [OPTIONS]");
        for (PositionalParamSpec argument : command.positionalParameters()) {
            boolean needed = argument.arity().min() > 0;
            String label = argument.paramLabel() + (argument.isMultiValue() ? "..." : "");
            text.append(needed ? " " + label : " [" + label + "]");
        }
        return text.toString();
    }

    private static void options(Roff page, CommandSpec command) {
        command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(option -> option.longestName().replaceFirst("^-+", "")))
                .forEach(option -> page.entry(names(option), description(option)));
    }

    private static String names(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        String value = option.arity().max() > 0 && option.arity().min() > 0 ? " " + option.paramLabel() : "";
        return String.join(", ", names) + value;
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    private static String lowerFirst(String words) {
        return words.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + words.substring(1);
    }
}
