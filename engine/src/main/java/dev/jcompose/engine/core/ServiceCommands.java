package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.lifecycle.Signals;
import dev.jcompose.engine.plan.ObservedContainer;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.PlanExecutor.OnFailure;
import dev.jcompose.engine.plan.StartPlanner;
import dev.jcompose.engine.plan.StopPlanner;
import dev.jcompose.model.DependsOn.Condition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What works on the existing containers of services: start, stop, restart, kill, remove. Needs no file. */
final class ServiceCommands {
    private final EngineParts parts;
    private final ProjectLocks locks;

    ServiceCommands(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.locks = locks;
    }

    void stop(ServicesRequest request, EventListener listener) {
        PlanRun run = run(request, listener);
        try (ProjectLocks.Held held = lock(request, run.events())) {
            carryOut(run, StopPlanner.stop(selected(request)), request);
        }
    }

    void remove(ServicesRequest request, EventListener listener) {
        PlanRun run = run(request, listener);
        try (ProjectLocks.Held held = lock(request, run.events())) {
            List<ObservedContainer> stopped = selected(request).stream()
                    .filter(container -> !container.running())
                    .toList();
            carryOut(run, StopPlanner.remove(stopped, request.volumes()), request);
        }
    }

    /** Does not wait for other commands on the project: it may be them that hang. */
    void kill(ServicesRequest request, EventListener listener) {
        try {
            Signals.parse(String.valueOf(request.signal()));
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
        parts.table().checkOwn(request.scope().identity());
        List<ObservedContainer> running = parts
                .observer()
                .containers(request.scope().project())
                .stream()
                .filter(container -> container.running() && isMeant(request, container))
                .toList();
        carryOut(run(request, listener), StopPlanner.kill(running), request);
    }

    private static void carryOut(PlanRun run, Plan plan, ServicesRequest request) {
        run.execute(plan, DependencyPaths.NONE, request.timeoutSeconds(), request.signal(), OnFailure.CARRY_ON);
    }

    void start(ServicesRequest request, EventListener listener) {
        PlanRun run = run(request, listener);
        Set<String> services;
        DependencyPaths paths;
        try (ProjectLocks.Held held = lock(request, run.events())) {
            List<ObservedContainer> containers =
                    parts.observer().containers(request.scope().project());
            services = services(request, containers);
            paths = DependencyPaths.of(containers);
            Plan plan = StartPlanner.start(containers, services);
            run.execute(plan, paths, null, null, OnFailure.STOP);
        }
        if (request.awaitReady() && !request.execution().dryRun()) {
            DependencyWait waits = run.waits(paths);
            List<CompletableFuture<Void>> ready = services.stream()
                    .map(service -> waits.ready(new AwaitService(service, Condition.SERVICE_STARTED, true), run.user()))
                    .toList();
            Await.ready(ready, request.waitTimeoutSeconds());
        }
    }

    void restart(ServicesRequest request, EventListener listener) {
        PlanRun run = run(request, event -> listener.on(restarting(event)));
        try (ProjectLocks.Held held = lock(request, run.events())) {
            List<ObservedContainer> containers =
                    parts.observer().containers(request.scope().project());
            Plan plan = StartPlanner.restart(containers, services(request, containers), !request.noDeps());
            parts.membership()
                    .restarting(
                            stopped(plan),
                            () -> run.execute(
                                    plan,
                                    DependencyPaths.of(containers),
                                    request.timeoutSeconds(),
                                    null,
                                    OnFailure.STOP));
        }
    }

    private List<Container> stopped(Plan plan) {
        return plan.steps().stream()
                .filter(step -> step.operation() instanceof StopContainer)
                .flatMap(step -> parts.table().byName(step.operation().subject()).stream())
                .toList();
    }

    private static Event restarting(Event event) {
        String action = event.action().equals(Action.STOPPING) ? Action.RESTARTING : event.action();
        return new Event(
                event.time(),
                event.resource(),
                event.project(),
                event.id(),
                event.name(),
                action,
                event.status(),
                event.detail(),
                event.attributes());
    }

    /** The services to start: each must have a container, because none is made here. */
    private static Set<String> services(ServicesRequest request, List<ObservedContainer> containers) {
        Set<String> existing = containers.stream()
                .filter(container -> !container.oneOff() && isMeant(request, container))
                .map(ObservedContainer::service)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String service : new TreeSet<>(request.scope().named())) {
            if (!existing.contains(service)) {
                throw new EngineException(Kind.NOT_FOUND, "service \"" + service + "\" has no container to start");
            }
        }
        return existing;
    }

    private List<ObservedContainer> selected(ServicesRequest request) {
        return parts.observer().containers(request.scope().project()).stream()
                .filter(container -> !container.oneOff() && isMeant(request, container))
                .toList();
    }

    private static boolean isMeant(ServicesRequest request, ObservedContainer container) {
        return request.scope().includes(container.service());
    }

    private ProjectLocks.Held lock(ServicesRequest request, Events events) {
        ProjectLocks.Held held = locks.take(request.scope().project(), events);
        try {
            parts.table().checkOwn(request.scope().identity());
            return held;
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private PlanRun run(ServicesRequest request, EventListener listener) {
        return new PlanRun(parts, request.scope().project(), request.execution(), listener);
    }
}
