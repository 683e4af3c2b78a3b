package dev.jcompose.images.build;

import dev.jcompose.images.build.CommandRunner.Owner;
import dev.jcompose.images.build.StageBuilder.LayerStep;
import dev.jcompose.images.build.StageBuilder.Made;
import dev.jcompose.images.build.cache.CacheKey;
import dev.jcompose.images.build.cache.CachedLayer;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.layer.Attributes;
import dev.jcompose.images.layer.LayerEdit;
import dev.jcompose.linux.overlay.LayerDirectory;
import dev.jcompose.linux.overlay.LayerStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code WORKDIR}: sets the directory, and makes it if it is not there. */
final class WorkdirStep implements LayerStep {
    private static final int MODE = 0755;

    private final Build build;
    private final StageBuilder stage;
    private final Command.Workdir workdir;

    WorkdirStep(Build build, StageBuilder stage, Command.Workdir workdir) {
        this.build = build;
        this.stage = stage;
        this.workdir = workdir;
    }

    @Override
    public Made make(ProgressLog.Step progress) throws IOException {
        String written = workdir.at().expand(workdir.path(), stage);
        String path = ImagePath.resolve(stage.config().workingDir, written);
        stage.config().workingDir = path;
        String createdBy = "WORKDIR " + path;
        Stage before = stage.stage();
        if (exists(before.directories(), path)) {
            progress.done();
            return new Made(createdBy, null);
        }
        Owner owner = owner(before);
        CacheKey key = new CacheKey("workdir 1")
                .add(before.tree())
                .add(path)
                .add(owner.toString())
                .add(String.valueOf(build.spec().sourceDate()));
        boolean[] fresh = {false};
        CachedLayer layer = build.cache().get(key.digest(), before.layers(), stage.usesCache(), () -> {
            fresh[0] = true;
            return build.layers().make(before.directories(), before.layers(), (upper, scratch) -> {
                try (LayerEdit edit = new LayerEdit(build.linux(), upper, before.directories())) {
                    long now = build.layers().now().getEpochSecond();
                    edit.directories(
                            path.substring(1), new Attributes(owner.uid(), owner.gid(), MODE, now, 0, Map.of()));
                    edit.finish();
                }
            });
        });
        if (fresh[0]) {
            progress.done();
        } else {
            progress.cached();
        }
        return new Made(createdBy, layer);
    }

    /** A directory belongs to the user that commands run as. */
    private Owner owner(Stage before) throws IOException {
        String user = stage.config().user;
        return user.isEmpty() ? Owner.ROOT : build.environment().runner().owner(before.directories(), user);
    }

    private boolean exists(List<Path> layers, String path) throws IOException {
        if (layers.isEmpty()) {
            return path.equals("/");
        }
        try (LayerStack stack = new LayerStack(build.linux(), layers)) {
            Optional<LayerDirectory> directory = stack.directory(path);
            directory.ifPresent(LayerDirectory::close);
            return directory.isPresent();
        }
    }
}
