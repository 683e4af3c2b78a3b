package dev.jcompose.cli.command;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code up} and {@code create} that say where images come from. */
final class BuildOptions {
    private static final Set<String> PULL_POLICIES = Set.of("always", "missing", "never", "policy");

    @Option(names = "--build", description = "Build images before starting containers")
    boolean build;

    @Option(names = "--no-build", description = "Don't build an image, even if it's policy")
    boolean noBuild;

    @Option(names = "--pull", paramLabel = "POLICY", description = "Pull image before running (always, missing, never)")
    @Nullable
    String pull;

    @Option(names = "--quiet-build", description = "Suppress the build output")
    boolean quietBuild;

    @Option(names = "--quiet-pull", description = "Pull without printing progress information")
    boolean quietPull;

    @Option(
            names = {"-y", "--yes"},
            description = "Assume \"yes\" as answer to all prompts and run non-interactively")
    boolean yes;

    void check() {
        if (build && noBuild) {
            throw new CommandException("--build and --no-build are incompatible");
        }
        if (pull != null && !PULL_POLICIES.contains(pull)) {
            throw new CommandException("invalid --pull option \"%s\"".formatted(pull));
        }
        if ("always".equals(pull)) {
            throw new CommandException(
                    "--pull always is not supported: jcompose has no registry client yet; load images with jcompose load");
        }
    }

    /** Refuses what would need a build. */
    void check(Project project) {
        if (build) {
            project.services().stream()
                    .filter(service -> service.build() != null)
                    .map(Service::name)
                    .findFirst()
                    .ifPresent(service -> {
                        throw new CommandException(
                                "--build is not supported: jcompose cannot build the image of service \"%s\" yet"
                                        .formatted(service));
                    });
        }
    }
}
