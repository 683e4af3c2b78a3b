package dev.jcompose.cli.session;

import dev.jcompose.model.Build;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.Map;

/**
 * {@code DOCKER_DEFAULT_PLATFORM}: the platform of services that do not say theirs.
 *
 * @param name {@code OS/ARCH[/VARIANT]}; empty for this machine's
 */
public record DefaultPlatform(String name) {

    /** What the environment of a project says, which includes its {@code .env}. */
    public static DefaultPlatform of(Map<String, String> environment) {
        return new DefaultPlatform(environment.getOrDefault("DOCKER_DEFAULT_PLATFORM", ""));
    }

    /**
     * The project with it.
     *
     * @throws CommandException if a service is built for other platforms only
     */
    public Project applyTo(Project project) {
        if (name.isEmpty()) {
            return project;
        }
        Project changed = project;
        for (Service service : project.services()) {
            if (service.platform() == null) {
                check(service);
                changed = changed.withService(service.toBuilder().platform(name).build());
            }
        }
        return changed;
    }

    private void check(Service service) {
        Build build = service.build();
        if (build != null && !build.platforms().isEmpty() && !build.platforms().contains(name)) {
            throw new CommandException(
                    "service \"%s\" build.platforms does not support value set by DOCKER_DEFAULT_PLATFORM: %s"
                            .formatted(service.name(), name));
        }
    }
}
