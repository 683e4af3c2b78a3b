package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.lifecycle.ServiceHash;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.PlanExecutor.OnFailure;
import dev.jcompose.engine.plan.UpOptions;
import dev.jcompose.engine.plan.UpPlanner;
import dev.jcompose.images.Image;
import dev.jcompose.model.DependsOn.Condition;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.write.ProjectReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings projects up: looks that everything can be had, observes, plans, carries out. */
final class UpCommand {
    private final EngineParts parts;
    private final ProjectLocks locks;
    private final ImagePreparation preparation;

    UpCommand(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.locks = locks;
        this.preparation = new ImagePreparation(parts.provision());
    }

    void run(UpRequest request, EventListener listener) {
        Project all = ProjectReader.fromJson(request.projectJson());
        Project project = scaled(selected(all, request), request.scale());
        PlanRun run = new PlanRun(parts, project.name(), request.execution(), listener);
        DependencyPaths paths = DependencyPaths.of(project);
        UpChecks checks = new UpChecks(parts, project);
        try {
            Instant began = parts.clock().instant();
            checks.identity();
            checks.services();
            Map<String, Image> images = preparation.images(project, request, run.events());
            run.took("Images", began);
            Instant planning = parts.clock().instant();
            try (ProjectLocks.Held held = locks.take(project.name(), run.events())) {
                checks.identity();
                ObservedState observed = parts.observer().observe(project.name());
                checks.external(observed);
                Plan plan = UpPlanner.plan(project, observed, options(request, project, images));
                checks.questions(plan);
                checks.names(plan);
                checks.ports(observed, plan);
                checks.holdAddresses();
                parts.networks().warnings(project).forEach(run.events()::warning);
                run.took("Plan", planning);
                run.execute(
                        plan,
                        paths,
                        new ProjectResources(project, images, parts.networks(), parts.volumes(), parts.creator()),
                        request.stopTimeoutSeconds(),
                        null,
                        OnFailure.STOP);
            }
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
        if (request.awaitReady() && !request.execution().dryRun()) {
            Instant waiting = parts.clock().instant();
            awaitReady(project, run.waits(paths), run, request.waitTimeoutSeconds());
            run.took("AwaitAll", waiting);
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

    private static UpOptions options(UpRequest request, Project project, Map<String, Image> images) {
        Map<String, String> imageIds = new HashMap<>();
        images.forEach((service, image) -> imageIds.put(service, image.id()));
        Map<String, String> hashes = new HashMap<>();
        project.services().forEach(service -> hashes.put(service.name(), ServiceHash.of(project, service)));
        return new UpOptions(
                request.services().isEmpty() ? project.servicesByName().keySet() : request.services(),
                request.recreate(),
                request.recreateDependencies(),
                !request.noStart(),
                request.removeOrphans(),
                request.ignoreOrphans(),
                request.renewAnonymousVolumes(),
                request.changedVolumes(),
                imageIds,
                hashes);
    }

    /**
     * For {@code --wait}: everything runs, is healthy where it has a check, or has completed where that is waited for.
     */
    private static void awaitReady(Project project, DependencyWait waits, PlanRun run, @Nullable Integer limitSeconds) {
        List<CompletableFuture<Void>> ready = new ArrayList<>();
        for (Service service : project.services()) {
            Condition condition = completes(project, service.name())
                    ? Condition.SERVICE_COMPLETED_SUCCESSFULLY
                    : Condition.SERVICE_STARTED;
            ready.add(waits.ready(new AwaitService(service.name(), condition, true), run.user()));
        }
        Await.ready(ready, limitSeconds);
    }

    private static boolean completes(Project project, String service) {
        return project.services().stream().anyMatch(other -> {
            var dependency = other.dependencies().get(service);
            return dependency != null && dependency.condition() == Condition.SERVICE_COMPLETED_SUCCESSFULLY;
        });
    }
}
