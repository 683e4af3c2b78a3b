package dev.jcompose.images.build;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.build.cache.CacheExport;
import dev.jcompose.images.build.cache.CacheLocation;
import dev.jcompose.images.build.cache.CachedLayer;
import dev.jcompose.images.build.cache.SharedCache;
import dev.jcompose.images.build.cache.StepCache;
import dev.jcompose.images.build.dockerfile.Dockerfile;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.registry.RegistryAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Builds images. Stages run in parallel as far as they do not need each other, and only those that the target needs.
 * Thread-safe: several builds may go on at once.
 */
public final class ImageBuilder {
    private static final int MAX_STAGES_AT_ONCE = 4;
    private static final long MAX_CACHE_BYTES = 10L << 30;
    private static final long STOP_SECONDS = 60;

    private final BuildEnvironment environment;

    public ImageBuilder(BuildEnvironment environment) {
        this.environment = environment;
    }

    /** A place for contexts that have to be fetched. */
    public Workspace workspace() throws IOException {
        return environment.store().workspace();
    }

    /**
     * Loads an image that is somewhere else, for builds that begin with it or copy from it.
     *
     * @param archive that holds this image only; see {@link ImageStore#load}
     * @return a name that nothing else has, to be taken away with {@link #forget} when they have ended
     */
    public ImageReference load(InputStream archive) throws IOException {
        try (Workspace workspace = environment.store().workspace()) {
            Image image = environment.transfer().load(archive).get(0);
            ImageReference name = ImageReference.parse("localhost/context/" + UUID.randomUUID());
            environment.store().tag(image.id(), name);
            return name;
        }
    }

    /** Takes the name away that {@link #load} gave, and the image if it has no other. */
    public void forget(ImageReference loaded) throws IOException {
        environment.store().untag(loaded);
    }

    /**
     * Reads a Dockerfile and looks whether its target can be built; builds nothing.
     *
     * @return warnings
     * @throws DockerfileException with the place of what is wrong
     */
    public List<String> check(BuildSpec spec) throws DockerfileException {
        Dockerfile file = Dockerfile.parse(spec.dockerfile());
        StageGraph.of(file, spec, new GlobalArguments(file, spec));
        return file.warnings();
    }

    /**
     * Builds an image and gives it its names. Ends early when the thread is interrupted: commands are killed, and what
     * was made so far is in the cache.
     *
     * @throws DockerfileException with the place of what is wrong or has failed
     */
    public Image build(BuildSpec spec, ProgressLog progress) throws IOException {
        ImageStore store = environment.store();
        Dockerfile file = Dockerfile.parse(spec.dockerfile());
        GlobalArguments globals = new GlobalArguments(file, spec);
        NavigableMap<Integer, StagePlan> stages = StageGraph.of(file, spec, globals);
        file.warnings().forEach(warning -> progress.begin("[%s] WARN: %s".formatted(spec.name(), warning)));
        try (Workspace workspace = store.workspace()) {
            SharedCache shared = new SharedCache(
                    store,
                    environment.transfer(),
                    RegistryAccess.of(spec.environment()),
                    workspace,
                    sentence -> progress.begin("[%s] WARN: %s".formatted(spec.name(), sentence)));
            if (!spec.noCache()) {
                importCaches(spec, shared, progress);
            }
            try (StepCache cache = new StepCache(environment.cache(), shared)) {
                Stage target = run(new Build(environment, spec, file, globals, workspace, cache, progress), stages);
                Image image = export(workspace, spec, target, progress);
                for (CacheExport to : spec.cacheTo()) {
                    exportCache(spec, to, shared, target, cache.used(), progress);
                }
                return image;
            }
        } finally {
            environment.cache().limit(MAX_CACHE_BYTES);
        }
    }

    private static void importCaches(BuildSpec spec, SharedCache shared, ProgressLog progress)
            throws InterruptedIOException {
        for (CacheLocation from : spec.cacheFrom()) {
            ProgressLog.Step step = progress.begin("[%s] importing cache from %s".formatted(spec.name(), from));
            try {
                shared.read(from);
                step.done();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                // A cache that is not there yet is the usual beginning.
                step.failed(reason(e));
            }
        }
    }

    private static void exportCache(
            BuildSpec spec,
            CacheExport to,
            SharedCache shared,
            Stage target,
            Map<Digest, CachedLayer> used,
            ProgressLog progress)
            throws IOException {
        ProgressLog.Step step = progress.begin("[%s] exporting cache to %s".formatted(spec.name(), to.location()));
        Map<Digest, CachedLayer> exported = new HashMap<>(used);
        if (!to.allStages()) {
            exported.values().removeIf(layer -> !target.layers().contains(layer.layer()));
        }
        try {
            shared.write(to.location(), exported);
            step.done();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            step.failed(reason(e));
            if (!to.ignoreErrors()) {
                throw new IOException("cannot export the cache to '%s': %s".formatted(to.location(), reason(e)), e);
            }
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file: " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private static Stage run(Build build, NavigableMap<Integer, StagePlan> stages) throws IOException {
        // Stages wait only for earlier ones, which have been begun: the pool cannot be full of waiting ones only.
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(MAX_STAGES_AT_ONCE, stages.size()), task -> {
            Thread thread = new Thread(task, "build");
            thread.setDaemon(true);
            return thread;
        });
        Map<Integer, Future<Stage>> running = new LinkedHashMap<>();
        try {
            stages.forEach((index, plan) -> {
                Future<Stage> promised = pool.submit(() -> new StageBuilder(build, plan).run());
                build.promise(index, promised);
                running.put(index, promised);
            });
            Stage target = null;
            for (Future<Stage> stage : running.values()) {
                target = await(stage);
            }
            return Objects.requireNonNull(target, "there is at least one stage, and the target is the last");
        } finally {
            stop(pool);
        }
    }

    /** What fails first in the order of the file is what is told; a stage that only waited in vain comes later. */
    private static Stage await(Future<Stage> stage) throws IOException {
        try {
            return stage.get();
        } catch (InterruptedException e) {
            throw Build.interrupted(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof DockerfileException known) {
                throw new DockerfileException(String.valueOf(known.getMessage()), known.at(), known);
            }
            if (cause instanceof IOException known) {
                throw known;
            }
            throw new IOException("the build failed: " + cause, cause);
        }
    }

    /** When this returns, nothing of the build runs any more. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a stage does not end");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Image export(Workspace workspace, BuildSpec spec, Stage stage, ProgressLog progress) throws IOException {
        ProgressLog.Step step = progress.begin("[%s] exporting to image".formatted(spec.name()));
        ConfigDraft config = stage.config();
        config.labels.putAll(spec.labels());
        List<Layer> layers = stage.layers();
        List<Digest> diffIds =
                layers.stream().map(layer -> layer.stored().diffId()).toList();
        ImageJson document =
                config.finish(diffIds, spec.platform(), spec.sourceDate() != null ? spec.sourceDate() : config.made);
        Image image = environment
                .store()
                .create(workspace, document, layers, spec.names(), !stage.host().isEmpty());
        step.output("writing image " + image.id());
        spec.names().forEach(name -> step.output("naming to " + name));
        step.done();
        return image;
    }
}
