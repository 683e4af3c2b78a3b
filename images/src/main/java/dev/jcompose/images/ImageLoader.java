package dev.jcompose.images;

import dev.jcompose.images.archive.ArchiveSpool;
import dev.jcompose.images.archive.ArchivedImage;
import dev.jcompose.images.archive.ImageArchive;
import dev.jcompose.images.archive.SpooledFile;
import dev.jcompose.images.layer.LayerException;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.LayerContent;
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
        ArchiveSpool spool = ArchiveSpool.read(archive, workspace.directory());
        List<LoadedImage> loaded = new ArrayList<>();
        List<ArchivedImage> images = new ImageArchive(content.json(), Platform.current()).images(spool);
        for (ArchivedImage image : images) {
            List<ImageReference> names = new ArrayList<>();
            for (String name : image.names()) {
                names.add(reference(name));
            }
            unpack(image, workspace);
            loaded.add(new LoadedImage(image.manifest().digest(), names));
        }
        for (ArchivedImage image : images) {
            adopt(image.manifest());
            adopt(image.configFile());
            for (SpooledFile layer : image.layers()) {
                adopt(layer);
            }
        }
        return loaded;
    }

    private void unpack(ArchivedImage image, Workspace workspace) throws IOException {
        List<Digest> diffIds = image.config().rootfs().diffIds();
        List<StoredLayer> below = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            SpooledFile blob = image.layers().get(i);
            try {
                below.add(content.layers()
                        .add(LayerContent.packed(blob.path(), blob.digest(), diffIds.get(i)), below, workspace.path()));
            } catch (LayerException e) {
                throw new ImageException("layer '" + blob.name() + "': " + e.getMessage(), e);
            }
        }
    }

    private void adopt(SpooledFile file) throws IOException {
        // Two images of an archive can have a file in common.
        if (!content.blobs().has(file.digest())) {
            content.blobs().adopt(file.path(), file.digest());
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
