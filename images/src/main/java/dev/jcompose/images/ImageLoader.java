package dev.jcompose.images;

import dev.jcompose.images.archive.ArchiveSpool;
import dev.jcompose.images.archive.ArchivedImage;
import dev.jcompose.images.archive.ArchivedLayer;
import dev.jcompose.images.archive.ImageArchive;
import dev.jcompose.images.archive.SpooledFile;
import dev.jcompose.images.layer.LayerException;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.EarlyUnpacking;
import dev.jcompose.images.store.ImageUnpacking;
import dev.jcompose.images.store.StoredLayer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Brings the images of an archive into the store's content; they are not in its index yet. */
public final class ImageLoader {
    private final ContentStore content;

    public ImageLoader(ContentStore content) {
        this.content = content;
    }

    /** An image that is ready to be entered into the index. */
    public record LoadedImage(Digest manifest, List<ImageReference> names) {}

    /**
     * Loads all images of an archive: of {@code docker save} or an OCI layout, compressed or not.
     *
     * @param archive read to its end as a stream; not closed
     * @param workspace for what is being made
     * @throws IOException saying what is wrong with the archive
     */
    public List<LoadedImage> load(InputStream archive, Workspace workspace) throws IOException {
        try (EarlyUnpacking early = new EarlyUnpacking(content, workspace::path)) {
            ArchiveSpool spool =
                    ArchiveSpool.read(archive, workspace.directory(), file -> early.begin(file.name(), file.path()));
            return load(spool, early, workspace);
        }
    }

    private List<LoadedImage> load(ArchiveSpool spool, EarlyUnpacking early, Workspace workspace) throws IOException {
        List<LoadedImage> loaded = new ArrayList<>();
        List<ArchivedImage> images = new ImageArchive(content.json(), Platform.current()).images(spool);
        for (ArchivedImage image : images) {
            List<ImageReference> names = new ArrayList<>();
            for (String name : image.names()) {
                names.add(reference(name));
            }
            unpack(image, early, workspace);
            loaded.add(new LoadedImage(image.manifest().digest(), names));
        }
        for (ArchivedImage image : images) {
            adopt(image.manifest(), image.manifest().digest());
            adopt(image.configFile(), image.configFile().digest());
            for (ArchivedLayer layer : image.layers()) {
                adopt(layer.file(), layer.digest());
            }
        }
        return loaded;
    }

    private void unpack(ArchivedImage image, EarlyUnpacking early, Workspace workspace) throws IOException {
        try (ImageUnpacking unpacking =
                new ImageUnpacking(content.layers(), image.config().rootfs().diffIds())) {
            for (ArchivedLayer layer : image.layers()) {
                unpacking.add(slot -> unpack(layer, early, slot), workspace.path());
            }
            unpacking.await();
        }
    }

    private static StoredLayer unpack(ArchivedLayer layer, EarlyUnpacking early, ImageUnpacking.Slot slot)
            throws IOException {
        try {
            return slot.add(early.content(layer.file().path(), layer.digest(), slot.diffId()));
        } catch (LayerException e) {
            throw new ImageException("layer '" + layer.file().name() + "': " + e.getMessage(), e);
        }
    }

    private void adopt(SpooledFile verified, Digest digest) throws IOException {
        // Two images of an archive can have a file in common.
        if (!content.blobs().has(digest)) {
            content.blobs().adopt(verified.path(), digest);
        }
    }

    private static ImageReference reference(String name) throws ImageException {
        try {
            ImageReference reference = ImageReference.parse(name);
            if (reference.equals(HostImage.NAME)) {
                throw new ImageException("the archive has an image of the built-in name '" + name + "'");
            }
            return reference;
        } catch (IllegalArgumentException e) {
            throw new ImageException("the archive has an " + e.getMessage(), e);
        }
    }
}
