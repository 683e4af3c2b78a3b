package dev.jcompose.cli.project;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options before the command. picocli fills the fields. */
@Command(name = "jcompose", sortOptions = false)
public final class GlobalOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Compose configuration files, - for standard input")
    List<String> files = new ArrayList<>();

    @Option(
            names = {"-p", "--project-name"},
            paramLabel = "NAME",
            description = "Project name")
    @Nullable
    String projectName;

    @Option(names = "--profile", paramLabel = "NAME", description = "Specify a profile to enable")
    List<String> profiles = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "FILE", description = "Specify an alternate environment file")
    List<String> envFiles = new ArrayList<>();

    @Option(
            names = "--project-directory",
            paramLabel = "DIR",
            description = "Specify an alternate working directory (default: the directory of the first file)")
    @Nullable
    String projectDirectory;

    @Option(names = "--workdir", hidden = true)
    @Nullable
    String workdir;

    @Option(
            names = "--ansi",
            paramLabel = "WHEN",
            description = "Control when to print ANSI control characters (never, always, auto)")
    @Nullable
    String ansi;

    @Option(names = "--no-ansi", hidden = true)
    boolean noAnsi;

    @Option(
            names = "--progress",
            paramLabel = "TYPE",
            description = "Set type of progress output (auto, tty, plain, json, quiet)")
    @Nullable
    String progress;

    @Option(names = "--parallel", paramLabel = "N", description = "Control max parallelism, -1 for unlimited")
    @Nullable
    Integer parallel;

    @Option(names = "--dry-run", description = "Execute command in dry run mode")
    boolean dryRun;

    @Option(names = "--all-resources", description = "Include all resources, even those not used by services")
    boolean allResources;

    @Option(names = "--compatibility", description = "Join the parts of container names with underscores")
    boolean compatibility;

    @Option(names = "--insecure-registry", hidden = true)
    List<String> insecureRegistries = new ArrayList<>();

    @Option(
            names = {"--debug", "--verbose"},
            description = "Print the stack trace of an error")
    boolean debug;

    @Option(
            names = {"-v", "--version"},
            description = "Show the version")
    boolean version;

    @Option(
            names = {"-h", "--help"},
            description = "Show this help")
    boolean help;

    /** Whether only the version is wanted. */
    public boolean isVersion() {
        return version;
    }

    /** Whether only the help is wanted. */
    public boolean isHelp() {
        return help;
    }

    /** Whether an error is to be printed with its stack trace. */
    public boolean isDebug() {
        return debug;
    }

    /** {@code --parallel}, null when it is not given. */
    public @Nullable Integer parallel() {
        return parallel;
    }

    /** Whether nothing is to be done. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether containers are to be called as Compose 1 called them. */
    public boolean isCompatibility() {
        return compatibility;
    }

    /** {@code --ansi}, null when it is not given. */
    public @Nullable String ansi() {
        return noAnsi ? "never" : ansi;
    }

    /** {@code --progress}, null when it is not given. */
    public @Nullable String progress() {
        return progress;
    }
}
