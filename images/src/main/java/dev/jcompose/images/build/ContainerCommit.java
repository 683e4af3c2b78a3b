package dev.jcompose.images.build;

import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.Dockerfile;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.layer.MountStubs;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an image of an image and of what a container of it has changed. The container keeps its changes. */
public final class ContainerCommit {
    private static final Set<Class<?>> ALLOWED = Set.of(
            Command.Cmd.class,
            Command.Entrypoint.class,
            Command.Env.class,
            Command.Expose.class,
            Command.Healthcheck.class,
            Command.Label.class,
            Command.Onbuild.class,
            Command.Stopsignal.class,
            Command.User.class,
            Command.Volume.class,
            Command.Workdir.class);

    private final Linux linux;
    private final ImageStore store;
    private final Clock clock;

    public ContainerCommit(Linux linux, ImageStore store, Clock clock) {
        this.linux = linux;
        this.store = store;
        this.clock = clock;
    }

    /**
     * What to commit.
     *
     * @param upper the upper directory of the container's overlay
     * @param name of the image; null for none
     * @param command what the container runs, for the history
     * @param changes instructions that change the configuration
     */
    public record Source(
            Image base,
            Path upper,
            @Nullable ImageReference name,
            String author,
            String comment,
            String command,
            List<String> changes) {}

    /** @throws IllegalArgumentException if one of the changes cannot be one */
    public Image commit(Source source) throws IOException {
        boolean host = source.base().names().contains(HostImage.NAME);
        ConfigDraft config = host ? hostConfig(source.base()) : config(source.base());
        apply(source.changes(), config);
        try (Workspace workspace = store.workspace()) {
            List<Layer> layers = host ? List.of() : store.layers(source.base());
            LayerMaker maker = new LayerMaker(linux, store, workspace, clock, null);
            List<Path> below = source.base().layers();
            Set<String> stubs = MountStubs.before(linux, below, RunStep.STUBS).missing();
            List<Layer> all = new ArrayList<>(layers);
            all.add(maker.copy(source.upper(), below, layers, stubs));
            Instant now = maker.now();
            config.author = source.author().isEmpty() ? config.author : source.author();
            config.made = now;
            config.history.add(
                    new ImageJson.History(now.toString(), source.command(), source.author(), source.comment(), false));
            List<Digest> diffIds =
                    all.stream().map(layer -> layer.stored().diffId()).toList();
            List<ImageReference> names = source.name() == null ? List.of() : List.of(source.name());
            return store.create(
                    workspace,
                    config.finish(diffIds, Platform.current(), now),
                    all,
                    names,
                    source.base().isOnHost());
        }
    }

    private static ConfigDraft hostConfig(Image image) {
        ConfigDraft config = ConfigDraft.scratch();
        config.cmd = image.config().cmd();
        return config;
    }

    private ConfigDraft config(Image image) throws IOException {
        return ConfigDraft.of(store.document(image), image.created());
    }

    private static void apply(List<String> changes, ConfigDraft config) throws IOException {
        ConfigCommands commands = new ConfigCommands(config, config.env::get);
        for (String change : changes) {
            try {
                Command command = Dockerfile.trigger(change, "--change");
                if (!ALLOWED.contains(command.getClass())) {
                    throw new IllegalArgumentException("\"%s\" is not a valid change command".formatted(change));
                }
                if (command instanceof Command.Workdir workdir) {
                    config.workingDir =
                            ImagePath.resolve(config.workingDir, workdir.at().expand(workdir.path(), config.env::get));
                } else {
                    commands.apply(command);
                }
            } catch (DockerfileException e) {
                throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
