package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.archive.ContainerArchive;
import dev.jcompose.engine.assemble.SpecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.images.Image;
import dev.jcompose.runtime.user.ResolvedUser;
import dev.jcompose.runtime.user.UserLookup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** What is done with the files of containers. */
final class FileCommands {
    private final EngineParts parts;

    FileCommands(EngineParts parts) {
        this.parts = parts;
    }

    @FunctionalInterface
    private interface Work {
        void with(ContainerArchive archive) throws IOException;
    }

    PathStat stat(String container, String path) {
        AtomicReference<PathStat> stat = new AtomicReference<>();
        in(container, "look at " + path + " in", archive -> stat.set(archive.stat(path)));
        return Objects.requireNonNull(stat.get(), path);
    }

    void read(String container, String path, OutputStream tar) {
        in(container, "copy " + path + " from", archive -> archive.read(path, tar));
    }

    void erase(String container, List<String> paths) {
        in(container, "remove " + String.join(", ", paths) + " from", archive -> archive.erase(paths));
    }

    void export(String container, OutputStream tar) {
        in(container, "export", archive -> archive.export(tar));
    }

    void write(String name, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        Container container = parts.table().find(name);
        String what = "cannot copy to " + path + " in " + container;
        try {
            parts.supervisor().inRoot(container, root -> {
                ResolvedUser owner = containerUser
                        ? new UserLookup(parts.linux())
                                .inContainer(root, SpecAssembler.user(container.service(), image(container)), List.of())
                        : null;
                new ContainerArchive(parts.linux(), root).write(path, tar, noOverwriteDirNonDir, owner);
            });
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, what + ": " + e.getMessage(), e);
        }
    }

    private Image image(Container container) throws IOException {
        return parts.imageLookup().of(container);
    }

    private void in(String name, String verb, Work work) {
        Container container = parts.table().find(name);
        try {
            parts.supervisor().inRoot(container, root -> work.with(new ContainerArchive(parts.linux(), root)));
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot " + verb + " " + container + ": " + e.getMessage(), e);
        }
    }
}
