package dev.jcompose.images;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.store.BlobStore;
import dev.jcompose.images.store.ChainId;
import dev.jcompose.images.store.LayerStore;
import dev.jcompose.images.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An image of the store with what it needs there.
 *
 * @param blobs manifest, configuration and layers
 * @param chainIds its unpacked layers, bottom first
 */
record StoredImage(Digest manifest, Set<Digest> blobs, List<Digest> chainIds, Image image) {

    StoredImage {
        blobs = Set.copyOf(blobs);
        chainIds = List.copyOf(chainIds);
    }

    /** @throws IOException if a part of it is missing or damaged */
    static StoredImage read(
            Digest manifestDigest, List<ImageReference> names, BlobStore blobStore, LayerStore layerStore, OciJson json)
            throws IOException {
        Manifest manifest = json.read(blobStore.document(manifestDigest), Manifest.class, "manifest " + manifestDigest);
        Digest id = manifest.config().digest();
        ImageJson config = json.read(blobStore.document(id), ImageJson.class, "image configuration " + id);
        Set<Digest> blobs = new LinkedHashSet<>(List.of(manifestDigest, id));
        for (Descriptor layer : manifest.layers()) {
            blobs.add(layer.digest());
        }
        List<Digest> chainIds = ChainId.of(config.rootfs().diffIds());
        List<Path> directories = new ArrayList<>();
        long size = 0;
        for (Digest chainId : chainIds) {
            StoredLayer layer = layerStore
                    .find(chainId)
                    .orElseThrow(() -> new ImageException("layer " + chainId + " is not in the image store"));
            directories.add(layer.directory());
            size += layer.sizeBytes();
        }
        Image image =
                new Image(id.toString(), names, ImageConfig.of(config), directories, size, created(config.created()));
        return new StoredImage(manifestDigest, blobs, chainIds, image);
    }

    StoredImage withNames(List<ImageReference> names) {
        return new StoredImage(
                manifest,
                blobs,
                chainIds,
                new Image(image.id(), names, image.config(), image.layers(), image.sizeBytes(), image.created()));
    }

    /** An image without a date, or with a strange one, is as old as can be. */
    private static Instant created(String rfc3339) {
        try {
            return rfc3339.isEmpty()
                    ? Instant.EPOCH
                    : OffsetDateTime.parse(rfc3339).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
