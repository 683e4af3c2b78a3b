package dev.jcompose.engine.api;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which containers of a project an operation is about.
 *
 * @param project its name
 * @param directory of the project, to be sure that it is not another one of that name; null where only the name is
 *     known
 * @param known the services of the Compose file: containers of others are orphans, and meant only by their names; null
 *     where orphans are meant too, or nobody knows which they are
 * @param named empty for all
 */
public record ServiceScope(
        String project,
        @Nullable String directory,
        @Nullable Set<String> known,
        Set<String> named) {

    public ServiceScope {
        known = known == null ? null : Set.copyOf(known);
        named = Set.copyOf(named);
    }

    /** Whose they are. */
    public ProjectIdentity identity() {
        return new ProjectIdentity(project, directory == null ? null : Path.of(directory));
    }

    /** Whether it is about the containers of a service. */
    public boolean includes(String service) {
        return named.isEmpty() ? known == null || known.contains(service) : named.contains(service);
    }
}
