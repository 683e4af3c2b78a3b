package dev.jcompose.engine.image;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.model.ServiceVolume;
import java.util.List;

/** Which containers use an image. */
public final class ImageUsers {
    private final ContainerTable table;

    public ImageUsers(ContainerTable table) {
        this.table = table;
    }

    /** All that were made from it or have it mounted, running first. */
    public List<Container> of(Image image) {
        return table.all().stream()
                .filter(container -> container.config().imageId().equals(image.id()) || mounts(container, image))
                .sorted((one, other) ->
                        Boolean.compare(other.status().isAlive(), one.status().isAlive()))
                .toList();
    }

    private static boolean mounts(Container container, Image image) {
        return container.service().volumes().stream()
                .filter(volume -> volume.type() == ServiceVolume.Type.IMAGE && volume.source() != null)
                .map(volume -> ImageReference.parse(String.valueOf(volume.source())))
                .anyMatch(mounted -> image.names().contains(mounted)
                        || image.repoDigests().contains(mounted)
                        || image.id().equals(String.valueOf(mounted.digest())));
    }
}
