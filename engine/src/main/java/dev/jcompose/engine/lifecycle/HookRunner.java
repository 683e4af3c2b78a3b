package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.assemble.ExecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.exec.CheckRun;
import dev.jcompose.images.Image;
import dev.jcompose.model.Hook;
import dev.jcompose.runtime.exec.ExecSpec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs the lifecycle hooks of services in their containers, one after the other. No thread waits for them. */
public final class HookRunner {
    private final CheckRun runs;
    private final Supervisor supervisor;
    private final ImageLookup images;
    private final Executor workers;
    private final ExecEvents events;

    public HookRunner(CheckRun runs, Supervisor supervisor, ImageLookup images, Executor workers, ExecEvents events) {
        this.events = events;
        this.runs = runs;
        this.supervisor = supervisor;
        this.images = images;
        this.workers = workers;
    }

    /**
     * Runs the {@code post_start} hooks of a container that has just been started.
     *
     * @param lines is given each line of their output
     * @return fails with an {@link EngineException} if a hook does; those after it are not run then
     */
    public CompletableFuture<Void> postStart(Container container, Consumer<String> lines) {
        return run(container, container.service().hooks().postStart(), 0, lines);
    }

    /** Likewise, {@code pre_stop} of a container that is about to be stopped; nothing happens if it does not run. */
    public CompletableFuture<Void> preStop(Container container, Consumer<String> lines) {
        return run(container, container.service().hooks().preStop(), 0, lines);
    }

    private CompletableFuture<Void> run(Container container, List<Hook> hooks, int index, Consumer<String> lines) {
        LiveContainer live = supervisor.live(container).orElse(null);
        if (index == hooks.size() || live == null) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.supplyAsync(() -> start(container, live, hooks.get(index)), workers)
                .thenCompose(result -> result)
                .thenComposeAsync(
                        result -> {
                            result.output().lines().forEach(lines);
                            // A container that has ended takes its hook with it.
                            if (!result.passed() && supervisor.live(container).isPresent()) {
                                throw failed(container, result);
                            }
                            return run(container, hooks, index + 1, lines);
                        },
                        workers);
    }

    private CompletableFuture<CheckRun.Result> start(Container container, LiveContainer live, Hook hook) {
        try {
            Image image = images.of(container);
            ExecSpec spec = ExecAssembler.hook(container, image, hook);
            ExecEvents.One told = events.created(container, spec.args());
            CompletableFuture<CheckRun.Result> ended = runs.startHook(live.running(), spec);
            told.started();
            return ended.thenApply(result -> {
                told.died(result.exitCode());
                return result;
            });
        } catch (IOException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new EngineException(Kind.FAILED, "cannot run a hook in " + container + ": " + e.getMessage(), e));
        }
    }

    private static EngineException failed(Container container, CheckRun.Result result) {
        String output = result.output().isBlank() ? "" : ":\n" + result.output().strip();
        return new EngineException(
                Kind.FAILED,
                container.config().service() + " hook exited with status " + result.exitCode() + " in container "
                        + container + output);
    }
}
