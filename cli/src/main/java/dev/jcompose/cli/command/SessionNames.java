package dev.jcompose.cli.command;

import dev.jcompose.cli.completion.ProjectNames;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.problem.ComposeFileException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of the project that the options before the command speak of. What is wrong with it is not said here. */
public final class SessionNames implements ProjectNames {
    private static final LoadOptions QUICK =
            LoadOptions.DEFAULT.checkConsistency(false).resolveEnvironment(false);

    private final Session session;

    /** Loads nothing yet. */
    public SessionNames(Session session) {
        this.session = session;
    }

    @Override
    public Collection<String> services() {
        Optional<Project> project = project();
        if (project.isEmpty()) {
            return ofContainers();
        }
        Set<String> names = new TreeSet<>(project.get().servicesByName().keySet());
        names.addAll(project.get().disabledServices().keySet());
        return names;
    }

    /** Where there is only a name: the services that have containers. */
    private Collection<String> ofContainers() {
        Optional<String> name = session.givenName();
        if (name.isEmpty() || session.world().engine().running().isEmpty()) {
            return List.of();
        }
        try {
            return session.engine().containers().list(name).stream()
                    .map(ContainerSummary::service)
                    .distinct()
                    .toList();
        } catch (EngineException e) {
            return List.of();
        }
    }

    @Override
    public Collection<String> profiles() {
        return project().stream()
                .flatMap(project ->
                        Stream.concat(project.services().stream(), project.disabledServices().values().stream()))
                .map(Service::profiles)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    private Optional<Project> project() {
        try {
            return Optional.of(
                    new ComposeLoader().load(session.request(List.of(), QUICK)).project());
        } catch (ComposeFileException | UncheckedIOException | CommandException e) {
            return Optional.empty();
        }
    }
}
