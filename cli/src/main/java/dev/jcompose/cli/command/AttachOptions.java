package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code up} about what is shown while it is in the foreground, and what ends it. */
final class AttachOptions {
    @Option(
            names = "--attach",
            paramLabel = "SERVICE",
            description = "Restrict attaching to the specified services. Incompatible with --attach-dependencies")
    List<String> attach = new ArrayList<>();

    @Option(names = "--attach-dependencies", description = "Automatically attach to log output of dependent services")
    boolean attachDependencies;

    @Option(names = "--no-attach", paramLabel = "SERVICE", description = "Do not attach (stream logs) to the services")
    List<String> noAttach = new ArrayList<>();

    @Option(
            names = "--abort-on-container-exit",
            description = "Stop all containers if any container was stopped. Incompatible with -d")
    boolean abortOnExit;

    @Option(
            names = "--abort-on-container-failure",
            description = "Stop all containers if any container exited with failure. Incompatible with -d")
    boolean abortOnFailure;

    @Option(
            names = "--exit-code-from",
            paramLabel = "SERVICE",
            description = "Return the exit code of the selected service container. Implies --abort-on-container-exit,"
                    + " unless --abort-on-container-failure is given")
    @Nullable
    String exitCodeFrom;

    @Option(names = "--no-color", description = "Produce monochrome output")
    boolean noColor;

    @Option(names = "--no-log-prefix", description = "Don't print prefix in logs")
    boolean noLogPrefix;

    @Option(names = "--timestamps", description = "Show timestamps")
    boolean timestamps;

    @Option(
            names = "--menu",
            paramLabel = "BOOL",
            arity = "0..1",
            fallbackValue = "true",
            description = "Enable interactive shortcuts when running attached. Incompatible with --detach")
    @Nullable
    Boolean menu;

    @Option(
            names = {"-w", "--watch"},
            description = "Watch source code and rebuild/refresh containers when files are updated")
    boolean watch;

    /** Whether the first container that ends, ends everything. */
    boolean isAbortOnExit() {
        return abortOnExit || (exitCodeFrom != null && !abortOnFailure);
    }

    void check(boolean detach, boolean wait) {
        if (abortOnFailure && isAbortOnExit()) {
            throw new CommandException(
                    "--abort-on-container-failure cannot be combined with --abort-on-container-exit");
        }
        boolean attaching = !attach.isEmpty() || attachDependencies;
        if (wait && (isAbortOnExit() || attaching)) {
            throw new CommandException(
                    "--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies");
        }
        if (detach && (isAbortOnExit() || abortOnFailure || attaching || watch)) {
            throw new CommandException("--detach cannot be combined with --abort-on-container-exit,"
                    + " --abort-on-container-failure, --attach, --attach-dependencies or --watch");
        }
        if (!attach.isEmpty() && attachDependencies) {
            throw new CommandException("cannot combine --attach and --attach-dependencies");
        }
    }

    /** Makes sure that the services to attach to are among those that are brought up. */
    void check(Set<String> services) {
        List<String> missing =
                attach.stream().filter(service -> !services.contains(service)).toList();
        if (!missing.isEmpty()) {
            throw new CommandException("cannot attach to services not included in up: " + String.join(", ", missing));
        }
        if (exitCodeFrom != null && !services.contains(exitCodeFrom)) {
            throw new CommandException("no such service: " + exitCodeFrom);
        }
    }
}
