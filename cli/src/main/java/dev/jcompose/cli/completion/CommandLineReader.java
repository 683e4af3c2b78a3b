package dev.jcompose.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads the words of one command up to the one that is completed: which options and arguments there are. */
final class CommandLineReader {
    private final CommandSpec command;
    private final List<String> arguments = new ArrayList<>();
    private @Nullable OptionSpec waiting;
    private boolean onlyArguments;

    CommandLineReader(CommandSpec command) {
        this.command = command;
    }

    /** Takes the next word. */
    void read(String word) {
        if (waiting != null) {
            waiting = null;
        } else if (onlyArguments || !word.startsWith("-") || word.equals("-")) {
            arguments.add(word);
            onlyArguments |= command.parser().stopAtPositional();
        } else if (word.equals("--")) {
            onlyArguments = true;
        } else if (word.startsWith("--") || word.length() == 2) {
            waiting = option(word).filter(CommandLineReader::takesValue).orElse(null);
        }
    }

    private Optional<OptionSpec> option(String name) {
        return Optional.ofNullable(command.findOption(name));
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().min() > 0;
    }

    /** The option whose value comes next, if one waits for it. */
    Optional<OptionSpec> waiting() {
        return Optional.ofNullable(waiting);
    }

    /** Whether an option may come next. */
    boolean mayBeOption() {
        return !onlyArguments;
    }

    /** What is no option. */
    List<String> arguments() {
        return List.copyOf(arguments);
    }
}
