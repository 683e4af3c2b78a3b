package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.Container.Snapshot;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.exec.CheckRun;
import dev.jcompose.engine.lifecycle.HealthMonitor;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.supervise.HealthStatus;
import dev.jcompose.model.DependsOn.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** Waits until a service is as its dependants need it, and says why it will not be. */
final class DependencyWait {
    private static final int SHOWN_LOG_LINES = 10;

    private final ContainerTable table;
    private final HealthMonitor health;
    private final LastLines lastLines;
    private final String project;
    private final DependencyPaths paths;

    /** The end of a container's log, for messages. */
    @FunctionalInterface
    interface LastLines {
        List<String> of(Container container, int count);
    }

    DependencyWait(
            ContainerTable table, HealthMonitor health, LastLines lastLines, String project, DependencyPaths paths) {
        this.table = table;
        this.health = health;
        this.lastLines = lastLines;
        this.project = project;
        this.paths = paths;
    }

    DependencyPaths paths() {
        return paths;
    }

    /** Ends when the condition holds for all containers of the service. */
    CompletableFuture<Void> await(AwaitService await, Events events) {
        CompletableFuture<?>[] all = containers(await.service())
                .map(container -> one(container, await, events))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    /** For {@code --wait}: started means that it runs, and is healthy where it has a check. */
    CompletableFuture<Void> ready(AwaitService await, Events events) {
        if (await.condition() != Condition.SERVICE_STARTED) {
            return await(await, events);
        }
        AwaitService healthy = new AwaitService(await.service(), Condition.SERVICE_HEALTHY, true);
        CompletableFuture<?>[] all = containers(await.service())
                .map(container -> runsUnchecked(container) ? runs(container, events) : one(container, healthy, events))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    private static boolean runsUnchecked(Container container) {
        Snapshot now = container.snapshot();
        return now.status().isAlive() && now.health() == HealthStatus.NONE;
    }

    /** Docker compose calls that healthy as well. */
    private static CompletableFuture<Void> runs(Container container, Events events) {
        tell(events, container, Action.WAITING, Status.WORKING, "");
        tell(events, container, Action.HEALTHY, Status.DONE, "");
        return CompletableFuture.completedFuture(null);
    }

    private Stream<Container> containers(String service) {
        return table.ofProject(project).stream()
                .filter(c -> c.config().service().equals(service) && !c.config().oneOff());
    }

    private CompletableFuture<Void> one(Container container, AwaitService await, Events events) {
        tell(events, container, Action.WAITING, Status.WORKING, "");
        boolean healthy = await.condition() == Condition.SERVICE_HEALTHY;
        CompletableFuture<Snapshot> decided =
                healthy ? container.when(DependencyWait::healthDecided) : container.when(DependencyWait::completed);
        Function<Snapshot, String> problem = healthy ? DependencyWait::healthProblem : DependencyWait::exitProblem;
        return decided.thenAccept(now -> {
            String why = problem.apply(now);
            if (why.isEmpty()) {
                tell(events, container, healthy ? Action.HEALTHY : Action.EXITED, Status.DONE, "");
            } else if (await.required()) {
                tell(events, container, Action.ERROR, Status.ERROR, why);
                throw new EngineException(
                        Kind.FAILED,
                        "dependency failed to start: container " + container + " " + why + details(container));
            } else {
                tell(events, container, Action.WARNING, Status.WARNING, "optional dependency " + why);
            }
        });
    }

    private static boolean healthDecided(Snapshot now) {
        return switch (now.status().state()) {
            case RUNNING, PAUSED -> now.health() != HealthStatus.STARTING;
            case RESTARTING -> false;
            default -> true;
        };
    }

    private static boolean completed(Snapshot now) {
        ContainerState state = now.status().state();
        return state == ContainerState.EXITED || state == ContainerState.DEAD || state == ContainerState.CREATED;
    }

    private static String healthProblem(Snapshot now) {
        if (!now.status().isAlive()) {
            return exited(now);
        }
        return switch (now.health()) {
            case HEALTHY -> "";
            case NONE -> "has no healthcheck configured";
            default -> "is unhealthy";
        };
    }

    private static String exitProblem(Snapshot now) {
        return now.status().state() == ContainerState.EXITED && now.status().exitCode() == 0
                ? ""
                : "didn't complete successfully: " + exited(now);
    }

    private static String exited(Snapshot now) {
        String oom = now.status().oomKilled() ? ", killed for want of memory" : "";
        return "exited (" + now.status().exitCode() + oom + ")";
    }

    /** Who needs it, what its health checks said, and what it said itself. */
    private String details(Container container) {
        StringBuilder details = new StringBuilder(paths.line(container.config().service()));
        List<CheckRun.Result> results = health.results(container);
        if (!results.isEmpty()) {
            details.append("\n  last health checks:");
            results.forEach(result -> details.append("\n    exit code ")
                    .append(result.exitCode())
                    .append(result.output().isBlank() ? "" : ": " + indented(result.output())));
        }
        List<String> lines = lastLines.of(container, SHOWN_LOG_LINES);
        if (!lines.isEmpty()) {
            details.append("\n  last lines of its log:");
            lines.forEach(line -> details.append("\n    ").append(line));
        }
        return details.toString();
    }

    private static String indented(String output) {
        return String.join("\n      ", output.strip().lines().toList());
    }

    private static void tell(Events events, Container container, String action, Status status, String detail) {
        events.container(
                container.config().id(),
                container.config().name(),
                action,
                status,
                detail,
                Map.of("service", container.config().service()));
    }
}
