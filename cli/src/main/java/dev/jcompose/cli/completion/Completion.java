package dev.jcompose.cli.completion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Finds out what may stand at the end of the words of one command, from the same model that parses them. */
public final class Completion {
    private static final Map<String, List<String>> VALUES = Map.of(
            "--ansi", List.of("never", "always", "auto"),
            "--progress", List.of("auto", "tty", "plain", "json", "quiet"),
            "--pull", List.of("always", "missing", "never", "build"),
            "--rmi", List.of("local", "all"),
            "--format", List.of("table", "json"),
            "--status", List.of("paused", "restarting", "removing", "running", "dead", "created", "exited"),
            "--signal", List.of("SIGHUP", "SIGINT", "SIGKILL", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2"));

    private final ProjectNames names;

    /** Asks for names of the project only when they are needed. */
    public Completion(ProjectNames names) {
        this.names = names;
    }

    /**
     * The candidates.
     *
     * @param before the words of the command before the one that is completed
     * @param typed what is typed of that one
     */
    public Candidates complete(CommandSpec command, List<String> before, String typed) {
        CommandLineReader reader = new CommandLineReader(command);
        before.forEach(reader::read);
        Optional<OptionSpec> waiting = reader.waiting();
        if (waiting.isPresent()) {
            return value(waiting.get(), waiting.get().longestName());
        }
        int equals = typed.indexOf('=');
        if (reader.mayBeOption() && typed.startsWith("--") && equals > 0) {
            return inline(command, typed.substring(0, equals));
        }
        if (reader.mayBeOption() && typed.startsWith("-")) {
            return options(command);
        }
        return argument(command, reader.arguments());
    }

    /** {@code --option=value}: the candidates have the option before them. */
    private Candidates inline(CommandSpec command, String name) {
        OptionSpec option = command.findOption(name);
        if (option == null) {
            return Candidates.NONE;
        }
        Map<String, String> words = new LinkedHashMap<>();
        value(option, name).words().forEach((word, explanation) -> words.put(name + "=" + word, explanation));
        return new Candidates(words, false);
    }

    /** All options that are shown, by their long names; the short ones need not be completed. */
    private static Candidates options(CommandSpec command) {
        Map<String, String> words = new LinkedHashMap<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                words.put(option.longestName(), explanation(option));
            }
        }
        words.put("--help", "Show the help");
        return new Candidates(words, false);
    }

    private static String explanation(OptionSpec option) {
        return option.description().length == 0 ? "" : option.description()[0].replaceAll("\\s+", " ");
    }

    private Candidates argument(CommandSpec command, List<String> arguments) {
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (parameter.index().contains(arguments.size())) {
                Candidates all = value(parameter, "");
                Map<String, String> words = new LinkedHashMap<>(all.words());
                arguments.forEach(words::remove);
                return new Candidates(words, all.files());
            }
        }
        return Candidates.NONE;
    }

    /** By the label that the help shows for the value. */
    private Candidates value(ArgSpec argument, String name) {
        List<String> known = VALUES.get(name);
        String label = argument.paramLabel().toUpperCase(Locale.ROOT);
        if (label.contains("=") && label.startsWith("SERVICE")) {
            return words(names.services(), "=");
        }
        if (label.startsWith("SERVICE")) {
            return words(names.services(), label.contains(":") ? ":" : "");
        }
        if (name.equals("--profile")) {
            return words(names.profiles(), "");
        }
        if (known != null) {
            return words(known, "");
        }
        boolean file = label.contains("FILE") || label.contains("DIR") || label.contains("PATH");
        return file ? Candidates.FILES : Candidates.NONE;
    }

    private static Candidates words(Iterable<String> all, String suffix) {
        Map<String, String> words = new LinkedHashMap<>();
        all.forEach(word -> words.put(word + suffix, ""));
        return new Candidates(words, false);
    }
}
