package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.world.World;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.model.load.LoadResult;
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
    }

    /** What the engine is told. */
    ImageOptions images(World world, LoadResult loaded) {
        return new ImageOptions(
                "policy".equals(pull) ? null : pull,
                build,
                noBuild,
                quietPull,
                quietBuild,
                BuildVariables.of(world.environment(), loaded));
    }
}
