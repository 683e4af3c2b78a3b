package dev.jcompose.engine.core;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.lifecycle.Signals;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.ObservedState.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.PlanExecutor;
import dev.jcompose.engine.plan.StartPlanner;
import dev.jcompose.engine.plan.StopPlanner;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What works on existing containers: down, stop, start, restart, kill. Needs no file. */
final class StopCommands {
    private final EngineParts parts;
    private final ProjectLocks locks;

    StopCommands(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.locks = locks;
    }

    void down(DownRequest request, EventListener listener) {
        String name = request.project();
        Events events = events(name, listener);
        try (ProjectLocks.Held held = locks.take(name)) {
            ObservedState observed = parts.observer().observe(name);
            @Nullable
            Project project = request.projectJson() == null ? null : ProjectReader.fromJson(request.projectJson());
            Set<String> services = withDependants(observed, request.services());
            Predicate<ObservedContainer> goes = container -> request.services().isEmpty()
                    ? request.removeOrphans() || project == null || inProject(project, container.service())
                    : services.contains(container.service());
            List<ObservedContainer> going =
                    observed.containers().stream().filter(goes).toList();
            List<ObservedContainer> kept =
                    observed.containers().stream().filter(goes.negate()).toList();
            List<ObservedResource> networks = of(name, observed.networks().values());
            List<ObservedResource> volumes =
                    request.volumes() && request.services().isEmpty()
                            ? of(name, observed.volumes().values())
                            : List.of();
            Plan plan = StopPlanner.down(going, kept, networks, volumes, request.volumes());
            if (plan.steps().isEmpty()) {
                events.warning("No resource found to remove for project \"" + name + "\".");
                return;
            }
            plan.warnings().forEach(events::warning);
            execute(plan, events, name, seconds(request.timeoutSeconds()), PlanExecutor.OnFailure.CARRY_ON);
            parts.networks().removeIdleDefaultBridge();
            if (parts.table().ofProject(name).isEmpty()) {
                parts.fixedAddresses().release(name);
            }
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean inProject(Project project, String service) {
        return project.servicesByName().containsKey(service)
                || project.disabledServices().containsKey(service);
    }

    private static List<ObservedResource> of(String project, Collection<ObservedResource> resources) {
        return resources.stream().filter(r -> r.project().equals(project)).toList();
    }

    /** Whoever depends on a service that goes cannot stay. */
    private static Set<String> withDependants(ObservedState observed, Set<String> services) {
        Set<String> all = new HashSet<>(services);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ObservedContainer container : observed.containers()) {
                boolean depends = container.dependsOn().stream().anyMatch(all::contains);
                grown |= depends && all.add(container.service());
            }
        }
        return all;
    }

    void stop(ServicesRequest request, EventListener listener) {
        Events events = events(request.project(), listener);
        try (ProjectLocks.Held held = locks.take(request.project())) {
            Plan plan = StopPlanner.stop(selected(request));
            execute(
                    plan,
                    events,
                    request.project(),
                    seconds(request.timeoutSeconds()),
                    PlanExecutor.OnFailure.CARRY_ON);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    void start(ServicesRequest request, EventListener listener) {
        Events events = events(request.project(), listener);
        try (ProjectLocks.Held held = locks.take(request.project())) {
            List<ObservedContainer> selected = selected(request);
            for (String service : request.services()) {
                if (selected.stream().noneMatch(c -> c.service().equals(service))) {
                    throw new EngineException(Kind.NOT_FOUND, "service \"" + service + "\" has no container to start");
                }
            }
            Plan plan = StartPlanner.start(
                    parts.observer().observe(request.project()).containers(), names(selected), this::dependencies);
            execute(plan, events, request.project(), null, PlanExecutor.OnFailure.STOP);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    void restart(ServicesRequest request, EventListener listener) {
        stop(request, event -> listener.on(restarting(event)));
        start(request, listener);
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

    void kill(ServicesRequest request, EventListener listener) {
        int signal = signal(request.signal());
        Events events = events(request.project(), listener);
        try {
            for (ObservedContainer observed : selected(request)) {
                if (observed.running()) {
                    Container container = parts.table().find(observed.id());
                    Map<String, String> attributes = Map.of("service", observed.service());
                    events.container(
                            observed.id(), observed.name(), Action.KILLING, Event.Status.WORKING, "", attributes);
                    parts.stopper().killByUser(container, signal);
                    events.container(observed.id(), observed.name(), Action.KILLED, Event.Status.DONE, "", attributes);
                }
            }
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static int signal(@Nullable String signal) {
        try {
            return Signals.parse(signal == null ? "SIGKILL" : signal);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private List<ObservedContainer> selected(ServicesRequest request) throws IOException {
        return parts.observer().observe(request.project()).containers().stream()
                .filter(c -> !c.oneOff())
                .filter(c -> request.services().isEmpty() || request.services().contains(c.service()))
                .toList();
    }

    private Map<String, DependsOn> dependencies(ObservedContainer container) {
        return parts.table().find(container.id()).config().dependsOn();
    }

    private static Set<String> names(List<ObservedContainer> containers) {
        Set<String> names = new HashSet<>();
        containers.forEach(container -> names.add(container.service()));
        return names;
    }

    private void execute(
            Plan plan, Events events, String project, @Nullable Duration grace, PlanExecutor.OnFailure onFailure) {
        StepPerformer performer = new StepPerformer(
                parts.table(),
                parts.networks(),
                parts.volumes(),
                parts.supervisor(),
                parts.stopper(),
                new DependencyWait(parts.table(), parts.health(), parts.logs(), project),
                parts.workers(),
                events,
                null,
                grace);
        Await.done(PlanExecutor.execute(plan, performer, onFailure));
    }

    private Events events(String project, EventListener listener) {
        return new Events(project, parts.clock(), parts.bus()).and(listener);
    }

    private static @Nullable Duration seconds(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
