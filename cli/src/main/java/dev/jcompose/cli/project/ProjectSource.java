package dev.jcompose.cli.project;

import dev.jcompose.cli.world.World;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads the project that the options before the command speak of. */
public final class ProjectSource {
    private final World world;
    private final GlobalOptions options;

    public ProjectSource(World world, GlobalOptions options) {
        this.world = world;
        this.options = options;
    }

    /** The name that the user gave, by {@code -p} or {@code COMPOSE_PROJECT_NAME}. */
    public Optional<String> givenName() {
        String name = options.projectName == null ? "" : options.projectName;
        return Optional.of(name.isEmpty() ? world.variable("COMPOSE_PROJECT_NAME", "") : name)
                .filter(given -> !given.isEmpty());
    }

    /** Whether the user named files. */
    public boolean hasGivenFiles() {
        return !options.files.isEmpty() || !world.variable("COMPOSE_FILE", "").isEmpty();
    }

    /**
     * Loads it.
     *
     * @param services names of those to keep with what they need; empty for all
     * @throws dev.jcompose.model.problem.ComposeFileException with all problems found
     */
    public LoadResult load(Collection<String> services, LoadOptions stages) {
        return new ComposeLoader()
                .load(LoadRequest.builder(world.directory())
                        .files(files())
                        .projectDirectory(directory())
                        .projectName(options.projectName)
                        .environment(world.environment())
                        .envFiles(options.envFiles.stream().map(Path::of).toList())
                        .profiles(Set.copyOf(options.profiles))
                        .services(services)
                        .options(stages.allResources(options.allResources))
                        .build());
    }

    private List<ComposeSource> files() {
        return options.files.stream().map(this::file).toList();
    }

    private ComposeSource file(String name) {
        if (!name.equals("-")) {
            return ComposeSource.file(name);
        }
        try {
            return ComposeSource.text(new String(world.in().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the Compose file from standard input", e);
        }
    }

    private @Nullable Path directory() {
        String given = options.projectDirectory == null ? options.workdir : options.projectDirectory;
        return given == null ? null : world.directory().resolve(given).normalize();
    }
}
