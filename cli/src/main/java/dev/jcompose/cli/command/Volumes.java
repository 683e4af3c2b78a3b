package dev.jcompose.cli.command;

import dev.jcompose.cli.command.volume.VolumeListing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code volumes}: those of the project that exist. */
@Command(name = "volumes", description = "List volumes")
final class Volumes implements Query {
    private static final String PROJECT = "com.docker.compose.project";
    private static final String VOLUME = "com.docker.compose.volume";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or a template such as '{{.Name}}'")
    String format = "table";

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display volume names")
    boolean quiet;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        List<VolumeSummary> volumes = session.engine().volumes().list().stream()
                .filter(volume -> target.name().equals(volume.labels().get(PROJECT)) && !volume.isAnonymous())
                .filter(volume -> services.isEmpty()
                        || target.project()
                                .map(project ->
                                        used(project).contains(volume.labels().get(VOLUME)))
                                .orElse(true))
                .toList();
        session.out().print(VolumeListing.of(volumes, format, quiet));
        return 0;
    }

    /** Keys of the volumes that the named services mount. */
    private Set<String> used(Project project) {
        return services.stream()
                .flatMap(name -> project.service(name).stream())
                .map(Service::volumes)
                .flatMap(List::stream)
                .filter(volume -> volume.type() == ServiceVolume.Type.VOLUME)
                .map(ServiceVolume::source)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
