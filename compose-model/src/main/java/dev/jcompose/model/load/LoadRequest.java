package dev.jcompose.model.load;

import dev.jcompose.model.node.Immutable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to load, and the caller's world: nothing else is looked at but files.
 *
 * @param files the {@code -f} files in order; empty: {@code COMPOSE_FILE}, else found by {@link ComposeFiles}
 * @param workingDirectory absolute directory of the caller
 * @param projectDirectory {@code --project-directory}, null for the directory of the first file
 * @param projectName {@code -p}, must be valid; null for {@code COMPOSE_PROJECT_NAME} and so on
 * @param environment the caller's environment variables
 * @param envFiles {@code --env-file}; empty for {@code COMPOSE_ENV_FILES}, else {@code .env}
 * @param profiles {@code --profile}; {@code COMPOSE_PROFILES} is added
 * @param services names of the services to keep with their dependencies, whose profiles are activated; empty for all
 * @param options which stages run
 */
public record LoadRequest(
        List<ComposeSource> files,
        Path workingDirectory,
        @Nullable Path projectDirectory,
        @Nullable String projectName,
        Map<String, String> environment,
        List<Path> envFiles,
        Set<String> profiles,
        Set<String> services,
        LoadOptions options) {

    public LoadRequest {
        files = Immutable.list(files);
        environment = Immutable.map(environment);
        envFiles = Immutable.list(envFiles);
        profiles = Immutable.set(profiles);
        services = Immutable.set(services);
    }

    /** The same with other options. */
    public LoadRequest withOptions(LoadOptions changed) {
        return new LoadRequest(
                files,
                workingDirectory,
                projectDirectory,
                projectName,
                environment,
                envFiles,
                profiles,
                services,
                changed);
    }

    /** A builder with nothing but the caller's directory set. */
    public static Builder builder(Path workingDirectory) {
        return new Builder(workingDirectory);
    }

    /** Builds a {@link LoadRequest}. */
    public static final class Builder {
        private final Path workingDirectory;
        private List<ComposeSource> files = List.of();
        private @Nullable Path projectDirectory;
        private @Nullable String projectName;
        private Map<String, String> environment = Map.of();
        private List<Path> envFiles = List.of();
        private Set<String> profiles = Set.of();
        private Set<String> services = Set.of();
        private LoadOptions options = LoadOptions.DEFAULT;

        private Builder(Path workingDirectory) {
            this.workingDirectory = workingDirectory;
        }

        public Builder files(List<ComposeSource> value) {
            files = value;
            return this;
        }

        public Builder projectDirectory(@Nullable Path value) {
            projectDirectory = value;
            return this;
        }

        public Builder projectName(@Nullable String value) {
            projectName = value;
            return this;
        }

        public Builder environment(Map<String, String> value) {
            environment = value;
            return this;
        }

        public Builder envFiles(List<Path> value) {
            envFiles = value;
            return this;
        }

        public Builder profiles(Collection<String> value) {
            profiles = Immutable.set(value);
            return this;
        }

        public Builder services(Collection<String> value) {
            services = Immutable.set(value);
            return this;
        }

        public Builder options(LoadOptions value) {
            options = value;
            return this;
        }

        public LoadRequest build() {
            return new LoadRequest(
                    files,
                    workingDirectory,
                    projectDirectory,
                    projectName,
                    environment,
                    envFiles,
                    profiles,
                    services,
                    options);
        }
    }
}
