package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a project's containers will be called after an {@code up}. */
final class ContainerNaming {
    private final Project project;

    ContainerNaming(Project project) {
        this.project = project;
    }

    /** Short names, as log lines have them, with the service: those that there are, and those that will be made. */
    Map<String, String> find(EngineApi engine) {
        Target target = new Target(project.name(), Optional.of(project));
        List<ContainerSummary> existing = engine.containers().list(Optional.of(project.name())).stream()
                .filter(container -> !container.oneOff())
                .toList();
        Map<String, String> services = new LinkedHashMap<>();
        for (Service service : project.services()) {
            List<ContainerSummary> own = existing.stream()
                    .filter(container -> container.service().equals(service.name()))
                    .toList();
            own.stream().limit(service.replicas()).forEach(c -> services.put(target.shortName(c), service.name()));
            int highest = own.stream().mapToInt(ContainerSummary::number).max().orElse(0);
            for (int made = 1; own.size() + made <= service.replicas(); made++) {
                services.put(name(service, highest + made), service.name());
            }
        }
        return services;
    }

    private String name(Service service, int number) {
        String own = service.containerName();
        return own != null ? own : service.name() + project.separator() + number;
    }
}
