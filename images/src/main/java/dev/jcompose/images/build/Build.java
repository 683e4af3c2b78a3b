package dev.jcompose.images.build;

import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.build.cache.StepCache;
import dev.jcompose.images.build.context.PathPatterns;
import dev.jcompose.images.build.context.SourceTree;
import dev.jcompose.images.build.dockerfile.Dockerfile;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.Position;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One build while it goes on: what its stages share. Thread-safe. */
final class Build {
    private final BuildEnvironment environment;
    private final BuildSpec spec;
    private final Dockerfile file;
    private final GlobalArguments globals;
    private final Workspace workspace;
    private final ProgressLog progress;
    private final LayerMaker layers;
    private final PathPatterns ignored;
    private final StepCache cache;
    private final Map<Integer, Future<Stage>> stages = new ConcurrentHashMap<>();

    Build(
            BuildEnvironment environment,
            BuildSpec spec,
            Dockerfile file,
            GlobalArguments globals,
            Workspace workspace,
            StepCache cache,
            ProgressLog progress) {
        this.environment = environment;
        this.spec = spec;
        this.file = file;
        this.globals = globals;
        this.workspace = workspace;
        this.cache = cache;
        this.progress = progress;
        layers = new LayerMaker(
                environment.linux(), environment.store(), workspace, environment.clock(), spec.sourceDate());
        ignored = PathPatterns.parse(spec.ignore());
    }

    Linux linux() {
        return environment.linux();
    }

    BuildEnvironment environment() {
        return environment;
    }

    BuildSpec spec() {
        return spec;
    }

    Dockerfile file() {
        return file;
    }

    GlobalArguments globals() {
        return globals;
    }

    Workspace workspace() {
        return workspace;
    }

    ProgressLog progress() {
        return progress;
    }

    StepCache cache() {
        return cache;
    }

    LayerMaker layers() {
        return layers;
    }

    /** Notes who makes a stage. */
    void promise(int index, Future<Stage> stage) {
        stages.put(index, stage);
    }

    /** A stage, when it is finished. */
    Stage stage(int index) throws IOException {
        Future<Stage> promised = stages.get(index);
        if (promised == null) {
            throw new IllegalStateException("stage " + index + " is not built");
        }
        try {
            return promised.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new DependencyFailedException(e);
        }
    }

    /** Another stage has failed, and says why itself. */
    static final class DependencyFailedException extends IOException {
        private static final long serialVersionUID = 1L;

        DependencyFailedException(ExecutionException e) {
            super("a stage that this one needs has failed", e);
        }
    }

    static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("canceled");
        interrupted.initCause(cause);
        return interrupted;
    }

    /**
     * An image as something to begin with or to copy from.
     *
     * @throws IOException if it is neither here nor in its registry, or is for another platform
     */
    Stage image(ImageReference reference) throws IOException {
        Optional<Image> here = spec.pull() && !isLocal(reference)
                ? Optional.empty()
                : environment.store().find(reference);
        Image image = here.isPresent() ? here.get() : pull(reference);
        if (reference.equals(HostImage.NAME)) {
            ConfigDraft config = ConfigDraft.scratch();
            config.cmd = image.config().cmd();
            config.record("FROM " + reference, null);
            return new Stage(image.layers(), List.of(), config, Map.of());
        }
        ImageJson document = environment.store().document(image);
        Platform platform = Platform.of(document);
        if (!platform.os().isEmpty() && spec.platform().suits(platform) == 0) {
            throw new IOException("image \"%s\" is for %s, not for %s".formatted(reference, platform, spec.platform()));
        }
        int own = document.rootfs().diffIds().size();
        return new Stage(
                image.layers().subList(0, image.layers().size() - own),
                environment.store().layers(image),
                ConfigDraft.of(document, image.created()),
                Map.of());
    }

    private Image pull(ImageReference reference) throws IOException {
        ProgressLog.Step step = progress.begin("[%s] pull %s".formatted(spec.name(), reference));
        try {
            Image image = environment.bases().pull(reference, spec.platform(), spec.environment(), step::output);
            step.done();
            return image;
        } catch (IOException e) {
            step.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static boolean isLocal(ImageReference reference) {
        return reference.registry().equals("localhost");
    }

    /** Where files come from. */
    record Origin(List<Path> directories, PathPatterns leftOut, boolean keepsOwners, String name) {
        SourceTree open(Linux linux) throws IOException {
            return new SourceTree(linux, directories, leftOut);
        }
    }

    /**
     * Where {@code --from=NAME} takes files from.
     *
     * @param from null for the build context
     * @param stage the stage that asks
     */
    Origin origin(@Nullable String from, int stage, Position at) throws IOException {
        if (from == null) {
            return new Origin(List.of(context(at)), ignored, false, "the build context");
        }
        Optional<Integer> index = StageGraph.stageOf(file, from, stage);
        if (index.isPresent()) {
            return of(stage(index.get()), "stage \"" + from + "\"");
        }
        NamedContext named = spec.contexts().get(from);
        if (named instanceof NamedContext.Directory directory) {
            return new Origin(
                    List.of(directory.path()), ownIgnores(directory.path()), false, "context \"" + from + "\"");
        }
        try {
            ImageReference reference =
                    named instanceof NamedContext.OfImage image ? image.reference() : ImageReference.parse(from);
            return of(image(reference), "image \"" + from + "\"");
        } catch (IllegalArgumentException e) {
            throw file.source().mistake(at, String.valueOf(e.getMessage()));
        }
    }

    private Origin of(Stage stage, String name) throws IOException {
        List<Path> directories = stage.directories();
        return new Origin(
                directories.isEmpty() ? List.of(workspace.directory()) : directories, PathPatterns.NONE, true, name);
    }

    private static PathPatterns ownIgnores(Path directory) throws IOException {
        Path ignore = directory.resolve(".dockerignore");
        return Files.isRegularFile(ignore) ? PathPatterns.parse(Files.readAllLines(ignore)) : PathPatterns.NONE;
    }

    private Path context(Position at) throws DockerfileException {
        if (!Files.isDirectory(spec.context())) {
            throw file.source().mistake(at, "the build context \"%s\" is not a directory".formatted(spec.context()));
        }
        return spec.context();
    }
}
