package dev.jcompose.cli.command;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.model.Project;
import dev.jcompose.model.problem.Suggestion;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The project that a command is about.
 *
 * @param project what the files say; empty if only the name is known
 */
record Target(String name, Optional<Project> project) {

    /**
     * Makes sure that the project has these services, as far as it is known.
     *
     * @throws CommandException naming the first that it has not
     */
    void check(Collection<String> services) {
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

    /** The project's directory, for requests; null if only the name is known. */
    @Nullable
    String directory() {
        return project.map(known -> known.workingDirectory().toString()).orElse(null);
    }

    /** Whether a container is of a service that the files do not have. */
    boolean isOrphan(ContainerSummary container) {
        return project.filter(known -> known.service(container.service()).isEmpty()
                        && !known.disabledServices().containsKey(container.service()))
                .isPresent();
    }

    /** A container's name without the project's, as log lines have it. */
    String shortName(ContainerSummary summary) {
        String container = summary.name();
        boolean hasPrefix = container.startsWith(name + "-") || container.startsWith(name + "_");
        return hasPrefix ? container.substring(name.length() + 1) : container;
    }
}
