package dev.jcompose.engine.image;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import dev.jcompose.engine.container.Container;
import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes names away and removes images, but nothing that a container needs. */
public final class ImageRemoval {
    private final ImageStore store;
    private final ImageFinder finder;
    private final ImageUsers users;

    public ImageRemoval(ImageStore store, ImageUsers users) {
        this.store = store;
        this.finder = new ImageFinder(store);
        this.users = users;
    }

    /** @return see {@link dev.jcompose.engine.api.ImageOperations#remove} */
    public RemovedImages remove(String text, boolean force) throws IOException {
        Image image = finder.find(text);
        if (image.names().contains(HostImage.NAME)) {
            throw new EngineException(Kind.CONFLICT, "image " + HostImage.NAME + " is built in and cannot be removed");
        }
        List<ImageReference> names = new ArrayList<>(image.names());
        if (finder.isNameOf(text, image)) {
            ImageReference name = ImageReference.parse(text);
            if (names.size() > 1 && names.contains(name)) {
                store.untag(name);
                return new RemovedImages(List.of(name.toString()), List.of(), 0);
            }
            if (name.digest() != null && !names.isEmpty() && image.repoDigests().contains(name)) {
                store.untag(name);
                return new RemovedImages(List.of(name.toString()), List.of(), 0);
            }
        } else if (names.size() > 1 && !force) {
            throw new EngineException(
                    Kind.CONFLICT,
                    "conflict: unable to delete %s (must be forced) - image is referenced in multiple repositories"
                            .formatted(image.shortId()));
        }
        long before = store.content().sizeBytes();
        List<Container> using = users.remove(image);
        if (!using.isEmpty()) {
            return inUse(text, image, using.get(0), force);
        }
        List<String> untagged = new ArrayList<>();
        names.forEach(name -> untagged.add(name.toString()));
        image.repoDigests().forEach(digest -> untagged.add(digest.toString()));
        return new RemovedImages(
                untagged,
                List.of(image.id()),
                Math.max(0, before - store.content().sizeBytes()));
    }

    /** Of a stopped container's image the names can be taken; the image itself stays until the container is gone. */
    private RemovedImages inUse(String text, Image image, Container container, boolean force) throws IOException {
        boolean running = container.status().isAlive();
        if (running || !force) {
            throw new EngineException(
                    Kind.CONFLICT,
                    "conflict: unable to remove image \"%s\" (%s) - %s container %s (%s) is using its image %s"
                            .formatted(
                                    text,
                                    running ? "cannot be forced" : "must be forced",
                                    running ? "running" : "stopped",
                                    container.config().name(),
                                    container.config().shortId(),
                                    image.shortId()));
        }
        List<String> untagged = new ArrayList<>();
        for (ImageReference name : image.names()) {
            store.detach(image.id(), name);
            untagged.add(name.toString());
        }
        return new RemovedImages(untagged, List.of(), 0);
    }

    /** @return see {@link dev.jcompose.engine.api.ImageOperations#prune} */
    public RemovedImages prune(PruneImagesRequest request) throws IOException {
        List<String> untagged = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        long before = store.content().sizeBytes();
        store.forgetUnfinishedPulls();
        for (Image image : store.list()) {
            boolean dangling = image.names().isEmpty();
            boolean old = request.until() == null || image.created().isBefore(request.until());
            if (!image.names().contains(HostImage.NAME)
                    && (request.all() || dangling)
                    && old
                    && hasAll(image.config().labels(), request.labels())
                    && users.remove(image).isEmpty()) {
                image.names().forEach(name -> untagged.add(name.toString()));
                image.repoDigests().forEach(digest -> untagged.add(digest.toString()));
                deleted.add(image.id());
            }
        }
        return new RemovedImages(
                untagged, deleted, Math.max(0, before - store.content().sizeBytes()));
    }

    private static boolean hasAll(Map<String, String> labels, List<String> wanted) {
        return wanted.stream().allMatch(label -> {
            int equals = label.indexOf('=');
            return equals < 0
                    ? labels.containsKey(label)
                    : label.substring(equals + 1).equals(labels.get(label.substring(0, equals)));
        });
    }
}
