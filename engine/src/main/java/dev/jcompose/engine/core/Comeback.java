package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.container.ContainerState;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what ran when the machine went down and is to run again: a project's services in their order. */
final class Comeback {
    private static final Logger log = LoggerFactory.getLogger(Comeback.class);

    private final EngineParts parts;
    private final ServiceCommands services;

    Comeback(EngineParts parts, ServiceCommands services) {
        this.parts = parts;
        this.services = services;
    }

    /** Blocks until they run; those whose dependencies do not come up are then started one by one. */
    void run(String project, Set<String> names) {
        try {
            services.start(new ServicesRequest(project, names, null, null, false), event -> {});
            log.info("started {} of project {} again", names, project);
        } catch (EngineException e) {
            log.warn("cannot start project {} again in its order: {}", project, e.getMessage());
            parts.notices().add("not all of project " + project + " came back by itself: " + e.getMessage());
        }
        parts.table().ofProject(project).stream()
                .filter(container -> container.status().state() == ContainerState.RESTARTING)
                .forEach(parts.supervisor()::resumeRestart);
    }
}
