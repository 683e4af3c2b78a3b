package dev.jcompose.cli.project;

import dev.jcompose.cli.world.World;
import dev.jcompose.model.load.ComposeFiles;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.problem.ComposeFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the project that the options before the command speak of. */
public final class ProjectSource {
    private final World world;
    private final GlobalOptions options;
    /** What was read; a command may load twice. */
    private @Nullable ComposeSource standardInput;

    public ProjectSource(World world, GlobalOptions options) {
        this.world = world;
        this.options = options;
    }

    /**
     * The caller's variables, and what the project's {@code .env} says of {@code COMPOSE_*}: it counts as if it were
     * set in the shell. Of an {@code .env} that is not valid nothing counts; whoever loads the project says why.
     */
    public Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(world.environment());
        try {
            LoadRequest request = LoadRequest.builder(world.directory())
                    .files(options.files.stream().map(ComposeSource::file).toList())
                    .projectDirectory(directory())
                    .environment(world.environment())
                    .envFiles(options.envFiles.stream().map(Path::of).toList())
                    .build();
            new ComposeLoader().environment(request).forEach((name, value) -> {
                if (name.startsWith("COMPOSE_")) {
                    all.putIfAbsent(name, value);
                }
            });
        } catch (ComposeFileException e) {
            return world.environment();
        }
        return all;
    }

    /** The name that the user gave, by {@code -p} or {@code COMPOSE_PROJECT_NAME}. */
    public Optional<String> givenName() {
        String name = options.projectName == null ? "" : options.projectName;
        return Optional.of(name.isEmpty() ? world.variable("COMPOSE_PROJECT_NAME", "") : name)
                .filter(given -> !given.isEmpty());
    }

    /**
     * What to load.
     *
     * @param services names of those to keep with what they need; empty for all
     * @param stages {@code --all-resources} is added
     */
    public LoadRequest request(Collection<String> services, LoadOptions stages) {
        return LoadRequest.builder(world.directory())
                .files(files())
                .projectDirectory(directory())
                .projectName(options.projectName)
                .environment(world.environment())
                .envFiles(options.envFiles.stream().map(Path::of).toList())
                .profiles(Set.copyOf(options.profiles))
                .services(services)
                .options(options.allResources ? stages.allResources(true) : stages)
                .build();
    }

    /** Whether there is a Compose file, named by the user or not. */
    public boolean hasFiles() {
        if (!options.files.isEmpty() || !world.variable("COMPOSE_FILE", "").isEmpty()) {
            return true;
        }
        Path directory = directory();
        Path searched = directory == null ? world.directory() : directory;
        return !ComposeFiles.find(List.of(), searched, world.directory(), world.environment(), new ArrayList<>())
                .isEmpty();
    }

    private List<ComposeSource> files() {
        return options.files.stream().map(this::file).toList();
    }

    private ComposeSource file(String name) {
        if (!name.equals("-")) {
            return ComposeSource.file(name);
        }
        ComposeSource text = standardInput;
        if (text == null) {
            text = read();
            standardInput = text;
        }
        return text;
    }

    private ComposeSource read() {
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
