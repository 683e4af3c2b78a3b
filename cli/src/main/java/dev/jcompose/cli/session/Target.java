package dev.jcompose.cli.session;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.model.Project;
import dev.jcompose.model.problem.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The project that a command is about.
 *
 * @param project what the files say; empty if only the name is known
 */
public record Target(String name, Optional<Project> project) {

    /**
     * Makes sure that the project has these services, as far as it is known.
     *
     * @throws CommandException naming the first that it has not
     */
    public void check(Collection<String> services) {
        project.ifPresent(known -> {
            SortedSet<String> names = new TreeSet<>(known.servicesByName().keySet());
            names.addAll(known.disabledServices().keySet());
            for (String service : services) {
                if (!names.contains(service)) {
                    throw new CommandException("no such service: " + service + Suggestion.hint(service, names));
                }
            }
        });
    }

    /**
     * Makes sure that a container is of the project in this directory, and not in another one that has its name. A
     * directory that is gone was moved or was only there for a while: then it is.
     *
     * @throws CommandException naming the other directory
     */
    public void checkOwn(ContainerSummary container) {
        String other = container.labels().get("com.docker.compose.project.working_dir");
        String own = directory();
        if (own != null && other != null && !own.equals(other) && Files.isDirectory(Path.of(other))) {
            throw new CommandException("container %s belongs to the project \"%s\" in %s, not to the one in %s"
                    .formatted(container.name(), name, other, own));
        }
    }

    /** The project's directory; null if only the name is known. */
    private @Nullable String directory() {
        return project.map(known -> known.workingDirectory().toString()).orElse(null);
    }

    /** The containers of some services; without names those of all services of the file, or of the project. */
    public ServiceScope scope(Collection<String> services) {
        return new ServiceScope(
                name,
                directory(),
                project.map(known -> known.servicesByName().keySet()).orElse(null),
                Set.copyOf(services));
    }

    /** Likewise, and without names also those of services that the file does not have. */
    public ServiceScope scopeWithOrphans(Collection<String> services) {
        return new ServiceScope(name, directory(), null, Set.copyOf(services));
    }

    /** Whether a container is of a service that the files do not have. */
    public boolean isOrphan(ContainerSummary container) {
        return project.filter(known -> known.service(container.service()).isEmpty()
                        && !known.disabledServices().containsKey(container.service()))
                .isPresent();
    }

    /** A container's name without the project's, as log lines have it. */
    public String shortName(ContainerSummary summary) {
        String container = summary.name();
        boolean hasPrefix = container.startsWith(name + "-") || container.startsWith(name + "_");
        return hasPrefix ? container.substring(name.length() + 1) : container;
    }
}
