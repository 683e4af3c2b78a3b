package dev.jcompose.engine.core;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The operations on projects, each handed to the class that does it. */
final class Projects implements ProjectOperations {
    private final EngineParts parts;
    private final UpCommand up;
    private final DownCommand down;
    private final ServiceCommands services;
    private final RunCommand run;

    Projects(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.up = new UpCommand(parts, locks);
        this.down = new DownCommand(parts, locks);
        this.services = new ServiceCommands(parts, locks);
        this.run = new RunCommand(parts, locks, up::run);
    }

    /**
     * Starts what is to run again after the machine was started anew. Blocks until it does.
     *
     * @param wanted the services of each project
     */
    void comeBack(Map<String, Set<String>> wanted) {
        Comeback comeback = new Comeback(parts, services);
        wanted.forEach(comeback::run);
    }

    @Override
    public void up(UpRequest request, EventListener listener) {
        relayed(listener, relay -> up.run(request, relay));
    }

    @Override
    public void down(DownRequest request, EventListener listener) {
        relayed(listener, relay -> down.run(request, relay));
    }

    @Override
    public void start(ServicesRequest request, EventListener listener) {
        relayed(listener, relay -> services.start(request, relay));
    }

    @Override
    public void stop(ServicesRequest request, EventListener listener) {
        relayed(listener, relay -> services.stop(request, relay));
    }

    @Override
    public void restart(ServicesRequest request, EventListener listener) {
        relayed(listener, relay -> services.restart(request, relay));
    }

    @Override
    public void kill(ServicesRequest request, EventListener listener) {
        relayed(listener, relay -> services.kill(request, relay));
    }

    @Override
    public void remove(ServicesRequest request, EventListener listener) {
        relayed(listener, relay -> services.remove(request, relay));
    }

    private static void relayed(EventListener listener, Consumer<EventListener> operation) {
        try (EventRelay relay = new EventRelay(listener)) {
            operation.accept(relay);
        }
    }

    @Override
    public String createRun(RunRequest request, EventListener listener) {
        try (EventRelay relay = new EventRelay(listener)) {
            return run.run(request, relay);
        }
    }

    @Override
    public List<ProjectSummary> list() {
        try {
            return new ProjectList(parts.table(), parts.networks(), parts.volumes()).projects();
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot list projects: " + e.getMessage(), e);
        }
    }
}
