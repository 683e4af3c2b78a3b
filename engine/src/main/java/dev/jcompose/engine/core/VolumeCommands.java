package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.assemble.MountAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeOptions;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Works on volumes that somebody names, whatever project they are of. */
final class VolumeCommands implements VolumeOperations {
    private final VolumeStore store;
    private final ContainerTable table;

    VolumeCommands(VolumeStore store, ContainerTable table) {
        this.store = store;
        this.table = table;
    }

    @Override
    public List<VolumeSummary> list() {
        try {
            return store.list().stream().map(this::summary).toList();
        } catch (IOException e) {
            throw failed("list volumes", e);
        }
    }

    @Override
    public VolumeSummary create(String name, String driver, Map<String, String> options, Map<String, String> labels) {
        VolumeOptions wanted = new VolumeOptions(driver.isEmpty() ? VolumeOptions.LOCAL : driver, options, labels);
        try {
            return summary(name.isEmpty() ? store.createAnonymous(wanted) : store.create(name, wanted));
        } catch (IOException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void remove(String name, boolean force) {
        try {
            if (store.find(name).isEmpty()) {
                if (force) {
                    return;
                }
                throw new EngineException(Kind.NOT_FOUND, "get " + name + ": no such volume");
            }
            List<String> users = users(name);
            if (!users.isEmpty()) {
                throw new EngineException(
                        Kind.CONFLICT, "remove " + name + ": volume is in use - [" + String.join(", ", users) + "]");
            }
            store.remove(name);
        } catch (IOException e) {
            throw failed("remove volume " + name, e);
        }
    }

    @Override
    public PrunedVolumes prune(boolean all) {
        List<String> names = new ArrayList<>();
        long bytes = 0;
        try {
            for (Volume volume : store.list()) {
                VolumeSummary summary = summary(volume);
                if (summary.users().isEmpty() && (all || summary.isAnonymous())) {
                    bytes += bytes(volume);
                    store.remove(volume.name());
                    names.add(volume.name());
                }
            }
        } catch (IOException e) {
            throw failed("prune volumes", e);
        }
        return new PrunedVolumes(names, bytes);
    }

    private static EngineException failed(String what, IOException e) {
        return new EngineException(Kind.FAILED, "cannot " + what + ": " + e.getMessage(), e);
    }

    private VolumeSummary summary(Volume volume) {
        return new VolumeSummary(
                volume.name(),
                volume.driver(),
                volume.data().toString(),
                volume.created(),
                volume.options(),
                volume.labels(),
                users(volume.name()));
    }

    private List<String> users(String volume) {
        return table.all().stream()
                .filter(container -> uses(container, volume))
                .map(container -> container.config().name())
                .toList();
    }

    private static boolean uses(Container container, String volume) {
        return container.config().anonymousVolumes().containsValue(volume)
                || MountAssembler.volumes(container.project(), container.service(), Set.of()).values().stream()
                        .anyMatch(use -> volume.equals(use.volume()));
    }

    /** Of files that are in the volume itself; what is elsewhere stays, and does not count. */
    private static long bytes(Volume volume) throws IOException {
        AtomicLong sum = new AtomicLong();
        if (volume.options().isEmpty()) {
            Files.walkFileTree(volume.data(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return sum.get();
    }
}
