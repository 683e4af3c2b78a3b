package dev.jcompose.cli;

import java.util.List;
import java.util.Set;

/** Finds where the options before the command end; both halves are parsed on their own. */
final class SplitArguments {
    /** Those that take the next argument as their value. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-f",
            "--file",
            "-p",
            "--project-name",
            "--profile",
            "--env-file",
            "--project-directory",
            "--workdir",
            "--ansi",
            "--progress",
            "--parallel",
            "--insecure-registry");

    private SplitArguments() {}

    /** The leading options with their values; what comes after is the command, if anything. */
    static List<String> global(List<String> arguments) {
        int end = 0;
        while (end < arguments.size() && isOption(arguments.get(end))) {
            end += WITH_VALUE.contains(arguments.get(end)) ? 2 : 1;
        }
        return arguments.subList(0, Math.min(end, arguments.size()));
    }

    /** Whether none of the leading options waits for its value. */
    static boolean isComplete(List<String> global) {
        int end = 0;
        while (end < global.size()) {
            end += WITH_VALUE.contains(global.get(end)) ? 2 : 1;
        }
        return end == global.size();
    }

    private static boolean isOption(String argument) {
        return argument.length() > 1 && argument.startsWith("-");
    }
}
