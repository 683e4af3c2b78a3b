package dev.jcompose.engine.image;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.images.Image;
import java.util.List;

/** Which containers use an image. */
public final class ImageUsers {
    private final ContainerTable table;

    public ImageUsers(ContainerTable table) {
        this.table = table;
    }

    /** All that were made from it, running first. */
    public List<Container> of(Image image) {
        return table.all().stream()
                .filter(container -> container.config().imageId().equals(image.id()))
                .sorted((one, other) ->
                        Boolean.compare(other.status().isAlive(), one.status().isAlive()))
                .toList();
    }
}
