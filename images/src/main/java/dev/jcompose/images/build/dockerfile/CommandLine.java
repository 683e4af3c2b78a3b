package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * A command in one of its two forms.
 *
 * @param shell whether {@code words} is a single line for the shell
 * @param words program and arguments, or the line
 */
public record CommandLine(boolean shell, List<String> words) {
    public CommandLine {
        words = List.copyOf(words);
    }

    /** The whole command, {@code shell} put before it where it wants one. */
    public List<String> with(List<String> shellCommand) {
        if (!shell) {
            return words;
        }
        List<String> all = new ArrayList<>(shellCommand);
        all.addAll(words);
        return List.copyOf(all);
    }
}
