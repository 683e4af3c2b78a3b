package dev.jcompose.images;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.store.ChainId;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.IndexFile;
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
 * @param onHost whether they are on this machine's own root file system, which {@code image} does not have
 */
record StoredImage(Digest manifest, Set<Digest> blobs, List<Digest> chainIds, boolean onHost, Image image) {

    StoredImage {
        blobs = Set.copyOf(blobs);
        chainIds = List.copyOf(chainIds);
    }

    /** @throws IOException if a part of it is missing or damaged */
    static StoredImage read(Digest manifestDigest, ImageNames names, boolean onHost, ContentStore content)
            throws IOException {
        OciJson json = content.json();
        Manifest manifest =
                json.read(content.blobs().document(manifestDigest), Manifest.class, "manifest " + manifestDigest);
        Digest id = manifest.config().digest();
        ImageJson config = json.read(content.blobs().document(id), ImageJson.class, "image configuration " + id);
        Set<Digest> blobs = new LinkedHashSet<>(List.of(manifestDigest, id));
        for (Descriptor layer : manifest.layers()) {
            blobs.add(layer.digest());
        }
        List<Digest> chainIds = ChainId.of(config.rootfs().diffIds());
        List<Path> directories = new ArrayList<>();
        long size = 0;
        for (Digest chainId : chainIds) {
            StoredLayer layer = content.layers()
                    .find(chainId)
                    .orElseThrow(() -> new ImageException("layer " + chainId + " is not in the image store"));
            directories.add(layer.directory());
            size += layer.sizeBytes();
        }
        Image image = new Image(
                id.toString(),
                names.names(),
                names.repoDigests(),
                ImageConfig.of(config),
                directories,
                size,
                time(config.created()),
                names.lastTagged());
        return new StoredImage(manifestDigest, blobs, chainIds, onHost, image);
    }

    /** What the index says of it. */
    static StoredImage read(IndexFile.Entry entry, ContentStore content) throws IOException {
        ImageNames names = new ImageNames(
                entry.names().stream().map(ImageReference::parse).toList(),
                entry.repoDigests().stream().map(ImageReference::parse).toList(),
                time(entry.lastTagged()));
        return read(entry.manifest(), names, entry.onHost(), content);
    }

    IndexFile.Entry entry() {
        return new IndexFile.Entry(
                manifest,
                image.names().stream().map(ImageReference::canonical).toList(),
                image.repoDigests().stream().map(ImageReference::canonical).toList(),
                image.lastTagged().equals(Instant.EPOCH)
                        ? ""
                        : image.lastTagged().toString(),
                onHost);
    }

    StoredImage withNames(ImageNames names) {
        return new StoredImage(
                manifest,
                blobs,
                chainIds,
                onHost,
                new Image(
                        image.id(),
                        names.names(),
                        names.repoDigests(),
                        image.config(),
                        image.layers(),
                        image.sizeBytes(),
                        image.created(),
                        names.lastTagged()));
    }

    /** Whether this is meant. With a digest, it must be that image, whatever its tag is here. */
    boolean isCalled(ImageReference reference) {
        Digest digest = reference.digest();
        if (digest == null) {
            return image.names().contains(reference);
        }
        if (image.repoDigests().contains(reference.withDigest(digest))) {
            return true;
        }
        boolean isIt = manifest.equals(digest) || image.id().equals(digest.toString());
        return isIt && image.names().stream().anyMatch(name -> name.isSameRepository(reference));
    }

    /** An image without a date, or with a strange one, is as old as can be. */
    private static Instant time(String rfc3339) {
        try {
            return rfc3339.isEmpty()
                    ? Instant.EPOCH
                    : OffsetDateTime.parse(rfc3339).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
