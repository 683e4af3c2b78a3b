package dev.jcompose.cli.session;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ProjectIdentity;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.model.Project;
import dev.jcompose.model.problem.Suggestion;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The project that a command is about.
 *
 * @param project what the files say; empty if only the name is known
 */
public record Target(String name, Optional<Project> project) {
    private static final String WORKING_DIRECTORY = "com.docker.compose.project.working_dir";

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
     * Makes sure that containers are of the project in this directory, and not of another one that has its name.
     *
     * @throws EngineException naming the other directory
     */
    public void checkOwn(Collection<ContainerSummary> containers) {
        ProjectIdentity own =
                new ProjectIdentity(name, project.map(Project::workingDirectory).orElse(null));
        own.check(containers.stream()
                .flatMap(container -> Stream.ofNullable(container.labels().get(WORKING_DIRECTORY)))
                .map(Path::of));
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
