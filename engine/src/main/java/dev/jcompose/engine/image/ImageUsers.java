package dev.jcompose.engine.image;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageStore;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which containers use an image. No image goes while a container that needs it is being made. Thread-safe. */
public final class ImageUsers {
    private final ContainerTable table;
    private final ImageStore images;

    public ImageUsers(ContainerTable table, ImageStore images) {
        this.table = table;
        this.images = images;
    }

    /** All that were made from it or have it mounted, running first. */
    public List<Container> of(Image image) {
        return table.all().stream()
                .filter(container -> idsOf(container).contains(image.id()))
                .sorted((one, other) ->
                        Boolean.compare(other.status().isAlive(), one.status().isAlive()))
                .toList();
    }

    private static Set<String> idsOf(Container container) {
        Set<String> ids = new LinkedHashSet<>(container.config().mountedImages().values());
        ids.add(container.config().imageId());
        return ids;
    }

    /**
     * Enters a new container into the table.
     *
     * @throws EngineException of kind CONFLICT if an image that it needs has been removed since it was looked for
     */
    public synchronized void add(Container container) throws IOException {
        for (String id : idsOf(container)) {
            if (images.config(id).isEmpty()) {
                throw new EngineException(
                        Kind.CONFLICT,
                        "image %s of container %s has been removed meanwhile"
                                .formatted(id, container.config().name()));
            }
        }
        table.add(container);
    }

    /**
     * Removes an image that no container uses.
     *
     * @return those that use it; then it stays
     */
    synchronized List<Container> remove(Image image) throws IOException {
        List<Container> using = of(image);
        if (using.isEmpty()) {
            images.remove(image.id());
        }
        return using;
    }
}
