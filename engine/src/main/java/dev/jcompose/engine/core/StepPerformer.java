package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.lifecycle.Signals;
import dev.jcompose.engine.plan.Operation;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.CreateContainer;
import dev.jcompose.engine.plan.Operation.CreateNetwork;
import dev.jcompose.engine.plan.Operation.CreateVolume;
import dev.jcompose.engine.plan.Operation.KillContainer;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RemoveImage;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.RemoveVolume;
import dev.jcompose.engine.plan.Operation.RenameContainer;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan.Step;
import dev.jcompose.engine.plan.PlanExecutor;
import dev.jcompose.images.ImageReference;
import dev.jcompose.linux.Sched;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does the steps of one plan, and has them told. */
final class StepPerformer implements PlanExecutor.Performer {
    private static final long DEATH_SECONDS = 5;

    private final EngineParts parts;
    private final ContainerTable table;
    private final DependencyWait waits;
    private final StepTale tale;
    private final @Nullable ProjectResources resources;
    private final PreStartHooks preStart;
    private final @Nullable Duration grace;
    private final @Nullable String signal;

    /**
     * @param resources what is created from the project; null for plans that only remove
     * @param grace before a kill; null for each service's own
     * @param signal of a plan that kills; else null
     */
    StepPerformer(
            EngineParts parts,
            DependencyWait waits,
            StepTale tale,
            @Nullable ProjectResources resources,
            @Nullable Duration grace,
            @Nullable String signal) {
        this.parts = parts;
        this.table = parts.table();
        this.waits = waits;
        this.tale = tale;
        this.resources = resources;
        this.preStart = new PreStartHooks(parts);
        this.grace = grace;
        this.signal = signal;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Override
    public CompletableFuture<Void> perform(Step step) {
        Operation operation = step.operation();
        if (operation instanceof AwaitService await) {
            return waits.await(await, tale.user());
        }
        if (operation instanceof StopContainer stop) {
            return stop(step, stop);
        }
        if (operation instanceof StartContainer && step.cause().equals(StepTale.RUNNING)) {
            tale.ended(step, null);
            return CompletableFuture.completedFuture(null);
        }
        tale.begun(step);
        String name = operation.verb() + " " + operation.subject();
        parts.failpoint().reached("before " + name);
        CompletableFuture<Void> done = operation instanceof StartContainer start
                ? start(start)
                : CompletableFuture.runAsync(() -> run(() -> work(operation)), parts.workers());
        if (operation instanceof KillContainer kill) {
            done = done.thenCompose(nothing -> deathOf(kill));
        }
        return done.whenComplete((nothing, failure) -> {
            parts.failpoint().reached("after " + name);
            tale.ended(step, failure);
        });
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void work(Operation operation) throws Exception {
        if (operation instanceof CreateNetwork create) {
            creating().network(create.key());
        } else if (operation instanceof RemoveNetwork remove) {
            parts.networks().remove(remove.subject());
        } else if (operation instanceof CreateVolume create) {
            creating().volume(create.key());
        } else if (operation instanceof RemoveVolume remove) {
            parts.volumes().remove(remove.subject());
        } else if (operation instanceof RemoveImage remove) {
            removeImage(remove);
        } else if (operation instanceof CreateContainer create) {
            if (!create.replaces().isEmpty()) {
                preStart.replacing(create.service());
            }
            creating().container(create, inherited(create));
        } else if (operation instanceof RenameContainer rename) {
            Optional<Container> container = table.byName(rename.from());
            if (container.isPresent()) {
                parts.creator().rename(container.get(), rename.subject());
            }
        } else if (operation instanceof KillContainer kill) {
            parts.stopper().killByUser(find(kill.subject()), Signals.parse(String.valueOf(signal)));
        } else if (operation instanceof RemoveContainer remove) {
            Optional<Container> container = table.byName(remove.subject());
            if (container.isPresent()) {
                parts.stopper().remove(container.get(), remove.volumes());
            }
        } else {
            throw new IllegalArgumentException("no such operation: " + operation);
        }
    }

    /** Nothing survives SIGKILL, so whoever looks next is not to find it running. */
    private CompletableFuture<Void> deathOf(KillContainer kill) {
        Optional<Container> container = table.byName(kill.subject());
        if (container.isEmpty() || Signals.parse(String.valueOf(signal)) != Sched.SIGKILL) {
            return CompletableFuture.completedFuture(null);
        }
        return container
                .get()
                .when(now -> !now.status().isAlive())
                .<Void>thenApply(now -> null)
                .completeOnTimeout(null, DEATH_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> start(StartContainer start) {
        return preStart.before(find(start.subject()))
                .thenApplyAsync(nothing -> begin(start), parts.workers())
                .thenCompose(started -> {
                    Container container = find(start.subject());
                    return started
                            ? parts.hooks().postStart(container, line -> tale.hook(container, line))
                            : CompletableFuture.completedFuture(null);
                });
    }

    private boolean begin(StartContainer start) {
        try {
            return parts.supervisor().start(find(start.subject()));
        } catch (IOException e) {
            throw new CompletionException(waits.paths().named(start.service(), e));
        }
    }

    private Map<String, String> inherited(CreateContainer create) {
        if (create.replaces().isEmpty() || !create.inherit()) {
            return Map.of();
        }
        return table.find(create.replaces()).config().anonymousVolumes();
    }

    private CompletableFuture<Void> stop(Step step, StopContainer stop) {
        Optional<Container> container = table.byName(stop.subject());
        if (container.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        boolean alive = container.get().status().isAlive();
        if (alive) {
            tale.begun(step);
        }
        // One that does not run may be about to be started again: that ends here too.
        return CompletableFuture.completedFuture(container.get())
                .thenCompose(stopping -> parts.hooks().preStop(stopping, line -> tale.hook(stopping, line)))
                .thenComposeAsync(nothing -> parts.stopper().stop(container.get(), grace), parts.workers())
                .whenComplete((nothing, failure) -> {
                    if (alive || failure != null) {
                        tale.ended(step, failure);
                    }
                });
    }

    private void removeImage(RemoveImage remove) throws Exception {
        var reference = ImageReference.parse(remove.subject());
        var image = parts.images().find(reference);
        if (image.isEmpty()) {
            return;
        }
        boolean used = table.stream()
                .anyMatch(container ->
                        container.config().imageId().equals(image.get().id()));
        if (used && image.get().names().size() <= 1) {
            tale.events().resource(Resource.IMAGE, remove.subject(), Action.STILL_IN_USE, Status.WARNING, "");
            return;
        }
        parts.images().untag(reference);
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

    static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
