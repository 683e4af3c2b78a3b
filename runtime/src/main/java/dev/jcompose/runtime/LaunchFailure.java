package dev.jcompose.runtime;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.LaunchProgram;
import dev.jcompose.runtime.launch.LaunchReport;
import java.util.List;

/** Puts what a launch program reported into an exception. */
final class LaunchFailure {
    private LaunchFailure() {}

    /**
     * The exception for a program that did not get to its command.
     *
     * @param what was to be started, for example {@code container 1f2e}
     * @param command the first argument of the command
     * @param reports at least one
     */
    static LaunchException of(String what, LaunchProgram program, String command, List<LaunchReport> reports) {
        LaunchReport first = reports.get(0);
        if (program.syscall(first) != Syscall.EXECVE) {
            String failed = program.describe(first);
            return new LaunchException("cannot start " + what + ": " + failed + hint(failed, first), exitCode(first));
        }
        // As execvp(3): a directory of PATH without the command does not count when another one has it.
        LaunchReport telling = reports.stream()
                .filter(report -> !isMissing(report))
                .findFirst()
                .orElse(first);
        String subject = "cannot start " + what + ": \"" + command + "\": ";
        if (!isMissing(telling)) {
            return new LaunchException(subject + Errno.describe(telling.errno()), LaunchException.NOT_EXECUTABLE);
        }
        String reason =
                command.indexOf('/') < 0 ? "executable file not found in $PATH" : Errno.describe(telling.errno());
        return new LaunchException(subject + reason, LaunchException.NOT_FOUND);
    }

    /** For the most usual mistake: a file to be mounted was not there, and a directory was made in its place. */
    private static String hint(String failed, LaunchReport report) {
        return failed.startsWith("bind mount") && report.errno() == Errno.ENOTDIR.number()
                ? "; only a directory can be mounted on a directory, and only a file on a file: was the file missing, so"
                        + " that a directory was made?"
                : "";
    }

    /** Docker's, which goes by the error alone, whether it is the command or its working directory that is missing. */
    private static int exitCode(LaunchReport report) {
        if (isMissing(report)) {
            return LaunchException.NOT_FOUND;
        }
        return report.errno() == Errno.EACCES.number() ? LaunchException.NOT_EXECUTABLE : LaunchException.FAILED;
    }

    private static boolean isMissing(LaunchReport report) {
        return report.errno() == Errno.ENOENT.number() || report.errno() == Errno.ENOTDIR.number();
    }
}
