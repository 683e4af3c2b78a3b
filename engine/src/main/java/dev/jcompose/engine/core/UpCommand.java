package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.PlanExecutor;
import dev.jcompose.engine.plan.UpOptions;
import dev.jcompose.engine.plan.UpPlanner;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.model.DependsOn.Condition;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;
import dev.jcompose.model.write.ProjectReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Brings projects up: looks that everything can be had, observes, plans, carries out. */
final class UpCommand {
    private final EngineParts parts;
    private final ProjectLocks locks;

    UpCommand(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.locks = locks;
    }

    void run(UpRequest request, EventListener listener) {
        Project all = ProjectReader.fromJson(request.projectJson());
        Project project = scaled(selected(all, request), request.scale());
        Events events = new Events(project.name(), parts.clock(), parts.bus()).and(listener);
        DependencyWait waits = new DependencyWait(parts.table(), parts.health(), parts.logs(), project.name());
        try (ProjectLocks.Held held = locks.take(project.name())) {
            Map<String, Image> images = images(project);
            ObservedState observed = parts.observer().observe(project.name());
            checkIdentity(project);
            checkExternal(project, observed);
            Plan plan = UpPlanner.plan(project, observed, options(request, project, images));
            checkPorts(project, observed, plan);
            holdAddresses(project);
            plan.warnings().forEach(events::warning);
            StepPerformer performer = new StepPerformer(
                    parts.table(),
                    parts.networks(),
                    parts.volumes(),
                    parts.supervisor(),
                    parts.stopper(),
                    waits,
                    parts.workers(),
                    events,
                    new ProjectResources(project, images, parts.networks(), parts.volumes(), parts.creator()),
                    request.stopTimeoutSeconds() == null ? null : Duration.ofSeconds(request.stopTimeoutSeconds()));
            Await.done(PlanExecutor.execute(plan, performer, PlanExecutor.OnFailure.STOP));
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
        if (request.awaitReady()) {
            awaitReady(project, request, waits, events);
        }
    }

    private static Project selected(Project all, UpRequest request) {
        try {
            return request.services().isEmpty() ? all : all.withServices(request.services(), !request.noDeps());
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private static Project scaled(Project project, Map<String, Integer> scale) {
        Project scaled = project;
        for (Map.Entry<String, Integer> entry : scale.entrySet()) {
            Service service = scaled.service(entry.getKey())
                    .orElseThrow(() -> new EngineException(Kind.INVALID, "no such service: " + entry.getKey()));
            scaled = scaled.withService(
                    service.toBuilder().scale(entry.getValue()).build());
        }
        for (Service service : scaled.services()) {
            if (service.containerName() != null && service.replicas() > 1) {
                throw new EngineException(
                        Kind.INVALID,
                        "services." + service.name() + ": container_name \"" + service.containerName()
                                + "\" allows one container, not " + service.replicas());
            }
        }
        return scaled;
    }

    private Map<String, Image> images(Project project) throws IOException {
        Map<String, Image> images = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (Service service : project.services()) {
            String name = service.image();
            if (name == null) {
                throw new EngineException(
                        Kind.INVALID,
                        "services." + service.name()
                                + " has no image: building images is not supported yet; load one with jcompose load and"
                                + " name it in image:");
            }
            parts.images()
                    .find(ImageReference.parse(name))
                    .ifPresentOrElse(
                            image -> images.put(service.name(), image),
                            () -> missing.add("services." + service.name() + ": image \"" + name + "\" is not here"));
        }
        if (!missing.isEmpty()) {
            throw new EngineException(
                    Kind.NOT_FOUND,
                    String.join("\n", missing)
                            + "\nload it with: jcompose load -i image.tar   (pulling from registries is not supported yet)");
        }
        return images;
    }

    /** A project is its name and its directory: the containers of another directory's project are not ours. */
    private void checkIdentity(Project project) {
        parts.table().ofProject(project.name()).stream()
                .filter(container -> !container.project().workingDirectory().equals(project.workingDirectory()))
                .findFirst()
                .ifPresent(container -> {
                    throw new EngineException(
                            Kind.CONFLICT,
                            "project name \"" + project.name() + "\" is in use by the project in "
                                    + container.project().workingDirectory() + ": choose another with -p or name:");
                });
    }

    private static void checkExternal(Project project, ObservedState observed) {
        for (Network network : project.networks().values()) {
            if (network.external() && !observed.networks().containsKey(network.name())) {
                throw new EngineException(
                        Kind.NOT_FOUND, "network " + network.name() + " declared as external, but could not be found");
            }
        }
        for (Volume volume : project.volumes().values()) {
            if (volume.external() && !observed.volumes().containsKey(volume.name())) {
                throw new EngineException(Kind.NOT_FOUND, "external volume \"" + volume.name() + "\" not found");
            }
        }
    }

    /** Before anything is created: can the containers that are to start have their ports? */
    private void checkPorts(Project project, ObservedState observed, Plan plan) throws IOException {
        Set<String> running = observed.containers().stream()
                .filter(ObservedState.ObservedContainer::running)
                .map(ObservedState.ObservedContainer::name)
                .collect(Collectors.toSet());
        Map<String, Service> starting = new LinkedHashMap<>();
        for (Plan.Step step : plan.steps()) {
            if (step.operation() instanceof StartContainer start && !running.contains(start.subject())) {
                project.service(start.service()).ifPresent(service -> starting.put(start.subject(), service));
            }
        }
        try {
            parts.ports().check(starting);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private void holdAddresses(Project project) {
        try {
            parts.fixedAddresses().hold(project);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private static UpOptions options(UpRequest request, Project project, Map<String, Image> images) {
        Map<String, String> imageIds = new HashMap<>();
        images.forEach((service, image) -> imageIds.put(service, image.id()));
        return new UpOptions(
                request.recreate(),
                request.services().isEmpty() ? project.servicesByName().keySet() : request.services(),
                !request.noStart(),
                request.removeOrphans(),
                request.renewAnonymousVolumes(),
                imageIds);
    }

    /**
     * For {@code --wait}: everything runs, is healthy where it has a check, or has completed where that is waited for.
     */
    private static void awaitReady(Project project, UpRequest request, DependencyWait waits, Events events) {
        List<CompletableFuture<Void>> ready = new ArrayList<>();
        for (Service service : project.services()) {
            Condition condition = completes(project, service.name())
                    ? Condition.SERVICE_COMPLETED_SUCCESSFULLY
                    : Condition.SERVICE_STARTED;
            ready.add(waits.ready(new AwaitService(service.name(), condition, true), events));
        }
        Await.done(
                CompletableFuture.allOf(ready.toArray(CompletableFuture<?>[]::new)),
                request.waitTimeoutSeconds(),
                "application not healthy after " + request.waitTimeoutSeconds() + "s");
    }

    private static boolean completes(Project project, String service) {
        return project.services().stream().anyMatch(other -> {
            var dependency = other.dependencies().get(service);
            return dependency != null && dependency.condition() == Condition.SERVICE_COMPLETED_SUCCESSFULLY;
        });
    }
}
