package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.lifecycle.ContainerStopper;
import dev.jcompose.engine.lifecycle.Supervisor;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.engine.plan.Operation;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.CreateContainer;
import dev.jcompose.engine.plan.Operation.CreateNetwork;
import dev.jcompose.engine.plan.Operation.CreateVolume;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.RemoveVolume;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan.Step;
import dev.jcompose.engine.plan.PlanExecutor;
import dev.jcompose.volumes.VolumeStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Does the steps of plans, and tells what it does. Holds what one plan must remember between its steps. */
final class StepPerformer implements PlanExecutor.Performer {
    private final ContainerTable table;
    private final NetworkRegistry networks;
    private final VolumeStore volumes;
    private final Supervisor supervisor;
    private final ContainerStopper stopper;
    private final DependencyWait waits;
    private final Executor workers;
    private final Events events;
    private final @Nullable ProjectResources resources;
    private final @Nullable Duration grace;
    private final Map<String, Map<String, String>> anonymousVolumesOfRemoved = new ConcurrentHashMap<>();

    /**
     * @param resources what is created from the project; null for plans that only remove
     * @param grace before a kill; null for each service's own
     */
    StepPerformer(
            ContainerTable table,
            NetworkRegistry networks,
            VolumeStore volumes,
            Supervisor supervisor,
            ContainerStopper stopper,
            DependencyWait waits,
            Executor workers,
            Events events,
            @Nullable ProjectResources resources,
            @Nullable Duration grace) {
        this.table = table;
        this.networks = networks;
        this.volumes = volumes;
        this.supervisor = supervisor;
        this.stopper = stopper;
        this.waits = waits;
        this.workers = workers;
        this.events = events;
        this.resources = resources;
        this.grace = grace;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Override
    public CompletableFuture<Void> perform(Step step) {
        Operation operation = step.operation();
        if (operation instanceof CreateNetwork create) {
            return resource(
                    Resource.NETWORK,
                    create,
                    Action.CREATING,
                    Action.CREATED,
                    () -> creating().network(create.key()));
        }
        if (operation instanceof RemoveNetwork remove) {
            return resource(
                    Resource.NETWORK, remove, Action.REMOVING, Action.REMOVED, () -> networks.remove(remove.subject()));
        }
        if (operation instanceof CreateVolume create) {
            return resource(
                    Resource.VOLUME,
                    create,
                    Action.CREATING,
                    Action.CREATED,
                    () -> creating().volume(create.key()));
        }
        if (operation instanceof RemoveVolume remove) {
            return resource(
                    Resource.VOLUME, remove, Action.REMOVING, Action.REMOVED, () -> volumes.remove(remove.subject()));
        }
        if (operation instanceof CreateContainer create) {
            return create(create);
        }
        if (operation instanceof StartContainer start) {
            return start(start, step.cause());
        }
        if (operation instanceof StopContainer stop) {
            return stop(stop);
        }
        if (operation instanceof RemoveContainer remove) {
            return remove(remove);
        }
        return waits.await((AwaitService) operation, events);
    }

    private CompletableFuture<Void> create(CreateContainer create) {
        return container(
                create.subject(),
                create.service(),
                Action.CREATING,
                Action.CREATED,
                () -> creating()
                        .container(
                                create.service(),
                                create.number(),
                                create.subject(),
                                anonymousVolumesOfRemoved.getOrDefault(create.replaces(), Map.of())));
    }

    private CompletableFuture<Void> start(StartContainer start, String cause) {
        if (cause.equals("running")) {
            tell(start.subject(), start.service(), Action.RUNNING, Status.DONE, "");
            return CompletableFuture.completedFuture(null);
        }
        tell(start.subject(), start.service(), Action.STARTING, Status.WORKING, "");
        return async(start.subject(), start.service(), () -> {
            boolean now = supervisor.start(find(start.subject()));
            tell(start.subject(), start.service(), now ? Action.STARTED : Action.RUNNING, Status.DONE, "");
        });
    }

    private CompletableFuture<Void> stop(StopContainer stop) {
        Optional<Container> container = table.byName(stop.subject());
        if (container.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        boolean alive = container.get().status().isAlive();
        if (alive) {
            tell(stop.subject(), stop.service(), Action.STOPPING, Status.WORKING, "");
        }
        // One that does not run may be about to be started again: that ends here too.
        return CompletableFuture.completedFuture(container.get())
                .thenComposeAsync(stopping -> stopper.stop(stopping, grace), workers)
                .whenComplete((nothing, failure) -> {
                    if (alive || failure != null) {
                        outcome(stop.subject(), stop.service(), Action.STOPPED, failure);
                    }
                });
    }

    private CompletableFuture<Void> remove(RemoveContainer remove) {
        Optional<Container> container = table.byName(remove.subject());
        if (container.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return container(remove.subject(), remove.service(), Action.REMOVING, Action.REMOVED, () -> {
            Container removed = container.get();
            anonymousVolumesOfRemoved.put(
                    removed.config().id(), removed.config().anonymousVolumes());
            stopper.remove(removed, remove.volumes());
        });
    }

    private Container find(String name) {
        return table.byName(name).orElseThrow(() -> new IllegalStateException("container " + name + " is gone"));
    }

    private ProjectResources creating() {
        if (resources == null) {
            throw new IllegalStateException("this plan was not meant to create anything");
        }
        return resources;
    }

    private CompletableFuture<Void> resource(Resource kind, Operation operation, String begin, String end, Work work) {
        events.resource(kind, operation.subject(), begin, Status.WORKING, "");
        return run(work).whenComplete((nothing, failure) -> {
            if (failure == null) {
                events.resource(kind, operation.subject(), end, Status.DONE, "");
            } else {
                events.resource(kind, operation.subject(), Action.ERROR, Status.ERROR, message(failure));
            }
        });
    }

    private CompletableFuture<Void> container(String name, String service, String begin, String end, Work work) {
        tell(name, service, begin, Status.WORKING, "");
        return run(work).whenComplete((nothing, failure) -> outcome(name, service, end, failure));
    }

    private CompletableFuture<Void> async(String name, String service, Work work) {
        return run(work).whenComplete((nothing, failure) -> {
            if (failure != null) {
                outcome(name, service, Action.ERROR, failure);
            }
        });
    }

    private CompletableFuture<Void> run(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                workers);
    }

    private void outcome(String name, String service, String action, @Nullable Throwable failure) {
        if (failure == null) {
            tell(name, service, action, Status.DONE, "");
        } else {
            tell(name, service, Action.ERROR, Status.ERROR, message(failure));
        }
    }

    private void tell(String name, String service, String action, Status status, String detail) {
        String id = table.byName(name).map(c -> c.config().id()).orElse("");
        events.container(id, name, action, status, detail, Map.of("service", service));
    }

    static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
