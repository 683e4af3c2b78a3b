package dev.jcompose.engine.image;

import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Layer;
import dev.jcompose.images.build.cache.BuildCache;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** How much room images, containers and volumes take up. */
public final class DiskUsages {
    private final ImageStore images;
    private final VolumeStore volumes;
    private final ContainerTable table;
    private final ImageUsers users;
    private final Function<Container, Set<String>> volumesOf;

    /** @param volumesOf the names of the volumes that a container has mounted */
    public DiskUsages(
            ImageStore images,
            VolumeStore volumes,
            ContainerTable table,
            ImageUsers users,
            Function<Container, Set<String>> volumesOf) {
        this.images = images;
        this.volumes = volumes;
        this.table = table;
        this.users = users;
        this.volumesOf = volumesOf;
    }

    /** One per kind. */
    public List<DiskUsage> all() throws IOException {
        return List.of(images(), containers(), volumes(), cache());
    }

    /** A layer counts once, whoever shares it. */
    private DiskUsage images() throws IOException {
        Map<Path, Long> all = new LinkedHashMap<>();
        Map<Path, Integer> sharers = new HashMap<>();
        Set<Path> used = new HashSet<>();
        List<Image> own = new ArrayList<>();
        long total = 0;
        long active = 0;
        for (Image image : images.list()) {
            if (image.names().contains(HostImage.NAME)) {
                continue;
            }
            boolean isUsed = !users.of(image).isEmpty();
            total++;
            active += isUsed ? 1 : 0;
            own.add(image);
            for (Layer layer : images.layers(image)) {
                all.put(layer.stored().directory(), layer.stored().sizeBytes());
                sharers.merge(layer.stored().directory(), 1, Integer::sum);
            }
            if (isUsed) {
                used.addAll(image.layers());
            }
        }
        long size = all.values().stream().mapToLong(Long::longValue).sum();
        long needed = all.entrySet().stream()
                .filter(layer -> used.contains(layer.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        List<DiskUsage.Item> items = own.stream()
                .map(image -> new DiskUsage.Item(
                        image.id(),
                        image.names().stream().map(Object::toString).toList(),
                        image.created(),
                        image.sizeBytes(),
                        image.layers().stream()
                                .filter(layer -> sharers.getOrDefault(layer, 0) > 1)
                                .mapToLong(layer -> all.getOrDefault(layer, 0L))
                                .sum(),
                        users.of(image).size()))
                .toList();
        return new DiskUsage("Images", total, active, size, size - needed, items);
    }

    private DiskUsage containers() throws IOException {
        long size = 0;
        long reclaimable = 0;
        long active = 0;
        List<Container> all = table.all();
        List<DiskUsage.Item> items = new ArrayList<>();
        for (Container container : all) {
            long own = size(container.files().upper());
            items.add(new DiskUsage.Item(
                    container.config().id(),
                    List.of(container.config().name()),
                    Instant.EPOCH,
                    own,
                    0,
                    volumesOf.apply(container).size()));
            size += own;
            if (container.status().isAlive()) {
                active++;
            } else {
                reclaimable += own;
            }
        }
        return new DiskUsage("Containers", all.size(), active, size, reclaimable, items);
    }

    private DiskUsage volumes() throws IOException {
        Map<String, Integer> used = new HashMap<>();
        table.all().forEach(container -> volumesOf.apply(container).forEach(name -> used.merge(name, 1, Integer::sum)));
        List<DiskUsage.Item> items = new ArrayList<>();
        long size = 0;
        long reclaimable = 0;
        long active = 0;
        List<Volume> all = volumes.list();
        for (Volume volume : all) {
            long own = size(volume.data());
            items.add(new DiskUsage.Item(
                    volume.name(), List.of(), volume.created(), own, 0, used.getOrDefault(volume.name(), 0)));
            size += own;
            if (used.containsKey(volume.name())) {
                active++;
            } else {
                reclaimable += own;
            }
        }
        return new DiskUsage("Local Volumes", all.size(), active, size, reclaimable, items);
    }

    private DiskUsage cache() throws IOException {
        long size = images.pinnedOnlyBytes();
        List<DiskUsage.Item> items = new ArrayList<>();
        for (String name : images.pins().names()) {
            if (name.startsWith(BuildCache.PIN)) {
                items.add(new DiskUsage.Item(
                        name.substring(BuildCache.PIN.length()),
                        List.of(),
                        Instant.EPOCH,
                        images.pinBytes(name),
                        0,
                        0));
            }
        }
        return new DiskUsage("Build Cache", items.size(), 0, size, size, items);
    }

    /** What vanishes meanwhile does not count; nothing behind a symbolic link or on another file system does. */
    private static long size(Path tree) throws IOException {
        AtomicLong sum = new AtomicLong();
        if (!Files.isDirectory(tree)) {
            return 0;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum.get();
    }
}
