package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.images.Image;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.Volume;
import dev.jcompose.model.write.ProjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Makes one-off containers, with everything that they need around them. */
final class RunCommand {
    private final EngineParts parts;
    private final ProjectLocks locks;
    private final Up up;
    private final ImagePreparation preparation;

    /** Brings services up. */
    @FunctionalInterface
    interface Up {
        void run(UpRequest request, EventListener listener);
    }

    RunCommand(EngineParts parts, ProjectLocks locks, Up up) {
        this.parts = parts;
        this.locks = locks;
        this.up = up;
        this.preparation = new ImagePreparation(parts.provision());
    }

    /** The new container's id. */
    String run(RunRequest request, EventListener listener) {
        Project project = ProjectReader.fromJson(request.projectJson());
        Service service = project.service(request.service())
                .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "no such service: " + request.service()));
        Events events = new Events(project.name(), parts.clock(), parts.bus()).and(listener);
        new UpChecks(parts, project).identity();
        if (!request.noDeps()) {
            startDependencies(request, project, service, listener);
        }
        try {
            Image image = image(project, service, request, events);
            return create(project, service, image, request, events);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private String create(Project project, Service service, Image image, RunRequest request, Events events)
            throws IOException {
        try (ProjectLocks.Held held = locks.take(project.name(), events)) {
            ProjectResources resources = new ProjectResources(
                    project, Map.of(service.name(), image), parts.networks(), parts.volumes(), parts.creator());
            ObservedState observed = parts.observer().observe(project.name());
            networks(project, service, observed, resources, events);
            volumes(project, service, observed, resources, events);
            return container(project, service, image, request, events);
        }
    }

    private void startDependencies(RunRequest request, Project project, Service service, EventListener listener) {
        Map<String, DependsOn> dependencies = service.dependencies().entrySet().stream()
                .filter(entry -> project.service(entry.getKey()).isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (dependencies.isEmpty()) {
            return;
        }
        up.run(
                UpRequest.builder(request.projectJson())
                        .services(dependencies.keySet())
                        .removeOrphans(request.removeOrphans())
                        .images(request.images())
                        .build(),
                listener);
        DependencyWait waits = new DependencyWait(
                parts.table(), parts.health(), parts.logs(), project.name(), DependencyPaths.of(project));
        Events user = new Events(project.name(), parts.clock(), listener);
        List<CompletableFuture<Void>> ready = new ArrayList<>();
        dependencies.forEach((name, dependency) -> {
            if (dependency.condition() != Condition.SERVICE_STARTED) {
                ready.add(waits.await(new AwaitService(name, dependency.condition(), dependency.required()), user));
            }
        });
        Await.done(CompletableFuture.allOf(ready.toArray(CompletableFuture<?>[]::new)), null, "");
    }

    private Image image(Project project, Service service, RunRequest request, Events events) throws IOException {
        UpRequest like = UpRequest.builder(request.projectJson())
                .images(request.images())
                .build();
        Project only = project.withServices(Set.of(service.name()), false);
        return Objects.requireNonNull(preparation.images(only, like, events).get(service.name()), service.name());
    }

    private static void networks(
            Project project, Service service, ObservedState observed, ProjectResources resources, Events events)
            throws IOException {
        for (String key : service.networks().keySet()) {
            Network network = project.networks().get(key);
            if (network == null || observed.networks().containsKey(network.name())) {
                continue;
            }
            if (network.external()) {
                throw new EngineException(
                        Kind.NOT_FOUND, "network " + network.name() + " declared as external, but could not be found");
            }
            events.resource(Resource.NETWORK, network.name(), Action.CREATING, Status.WORKING, "");
            resources.network(key);
            events.resource(Resource.NETWORK, network.name(), Action.CREATED, Status.DONE, "");
        }
    }

    private static void volumes(
            Project project, Service service, ObservedState observed, ProjectResources resources, Events events)
            throws IOException {
        Set<String> keys = service.volumes().stream()
                .filter(volume -> volume.type() == ServiceVolume.Type.VOLUME && volume.source() != null)
                .map(volume -> String.valueOf(volume.source()))
                .collect(Collectors.toSet());
        for (String key : keys) {
            if (!project.volumes().containsKey(key) && !observed.volumes().containsKey(key)) {
                events.resource(Resource.VOLUME, key, Action.CREATING, Status.WORKING, "");
                resources.ownVolume(key);
                events.resource(Resource.VOLUME, key, Action.CREATED, Status.DONE, "");
            }
        }
        for (Map.Entry<String, Volume> entry : project.volumes().entrySet()) {
            String name = entry.getValue().name();
            if (!keys.contains(entry.getKey()) || observed.volumes().containsKey(name)) {
                continue;
            }
            if (entry.getValue().external()) {
                throw new EngineException(Kind.NOT_FOUND, "external volume \"" + name + "\" not found");
            }
            events.resource(Resource.VOLUME, name, Action.CREATING, Status.WORKING, "");
            resources.volume(entry.getKey());
            events.resource(Resource.VOLUME, name, Action.CREATED, Status.DONE, "");
        }
    }

    private String container(Project project, Service service, Image image, RunRequest request, Events events)
            throws IOException {
        Container container = parts.creator()
                .createOneOff(
                        project,
                        service,
                        request.name(),
                        image,
                        new OneOff(request.autoRemove(), request.stdin() && !service.tty(), request.useAliases()));
        Map<String, String> attributes =
                Map.of("service", service.name(), "image", String.valueOf(service.image()), "oneoff", "true");
        String id = container.config().id();
        events.container(id, container.config().name(), Action.CREATED, Status.DONE, "", attributes);
        return id;
    }
}
