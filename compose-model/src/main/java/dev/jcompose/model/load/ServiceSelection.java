package dev.jcompose.model.load;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.problem.Suggestion;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Stage: the services that a command names, with what they need. Naming a service activates its profiles; without names
 * every enabled service stays.
 */
final class ServiceSelection {
    private final LoadRequest request;
    private final Set<String> profiles = new LinkedHashSet<>();
    private final Problems problems;

    /** @param profilesVariable the value of {@code COMPOSE_PROFILES}: names separated by commas */
    ServiceSelection(LoadRequest request, String profilesVariable, Problems problems) {
        this.request = request;
        this.problems = problems;
        profiles.addAll(request.profiles());
        for (String name : profilesVariable.split(",", -1)) {
            if (!name.isBlank()) {
                profiles.add(name.strip());
            }
        }
    }

    /** The project with the services that its active profiles enable. */
    Project enabled(Project project) {
        return project.withProfiles(profiles);
    }

    /**
     * The enabled project with the named services and what they need.
     *
     * @throws ComposeFileException {@code no such service: x}
     */
    Project selected(Project project) {
        if (request.services().isEmpty()) {
            return project;
        }
        Project enabled = withProfilesOfNamed(project);
        try {
            Project selected = enabled.withServices(request.services(), true);
            return request.options().allResources()
                    ? enabled.withServices(selected.servicesByName(), selected.disabledServices())
                    : selected;
        } catch (IllegalArgumentException e) {
            Set<String> known = new TreeSet<>(project.servicesByName().keySet());
            known.addAll(project.disabledServices().keySet());
            if (problems.failed() && known.containsAll(request.services())) {
                // What a named service needs is missing, and reported.
                return project;
            }
            throw new ComposeFileException(Problem.of(SourceLocation.NONE, "", String.valueOf(e.getMessage()))
                    .withHint(meant(known)));
        }
    }

    private Project withProfilesOfNamed(Project project) {
        Set<String> all = new LinkedHashSet<>(profiles);
        boolean more = false;
        for (String name : request.services()) {
            Service disabled = project.disabledServices().get(name);
            if (disabled != null) {
                all.addAll(disabled.profiles());
                more = true;
            }
        }
        return more ? project.withProfiles(all) : project;
    }

    /** What the user may have meant; null if all that was named exists. */
    private @Nullable String meant(Set<String> known) {
        String unknown = request.services().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .orElse(null);
        String near = unknown == null ? null : Suggestion.of(unknown, known);
        if (unknown == null || near != null) {
            return near;
        }
        return known.isEmpty() ? "there are no services" : "there are " + String.join(", ", known);
    }
}
