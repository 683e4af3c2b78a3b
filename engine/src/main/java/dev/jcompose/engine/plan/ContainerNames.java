package dev.jcompose.engine.plan;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;

/** How containers are called: {@code project-service-1}, or as the service says. */
public final class ContainerNames {
    private ContainerNames() {}

    /** The name of a service's replica {@code number}. */
    public static String of(Project project, Service service, int number) {
        String own = service.containerName();
        return own != null
                ? own
                : String.join(project.separator(), project.name(), service.name(), Integer.toString(number));
    }
}
