package dev.jcompose.images.archive;

import dev.jcompose.images.oci.ImageJson;
import java.io.IOException;
import java.util.List;

/**
 * One image of an archive, complete and consistent as far as the documents go.
 *
 * @param manifest the OCI manifest, as it was in the archive or made from Docker's
 * @param configFile the configuration document; its digest is the image's id
 * @param layers bottom first, as many as the configuration has
 * @param names references as written in the archive; none for one that has no name there
 */
public record ArchivedImage(
        SpooledFile manifest,
        SpooledFile configFile,
        ImageJson config,
        List<ArchivedLayer> layers,
        List<String> names) {

    public ArchivedImage {
        layers = List.copyOf(layers);
        names = List.copyOf(names);
    }

    /** Refuses a manifest and a configuration that do not fit together. */
    ArchivedImage checked() throws IOException {
        int diffIds = config.rootfs().diffIds().size();
        if (diffIds != layers.size()) {
            throw new ArchiveException("image %s: its configuration has %d layers, its manifest %d"
                    .formatted(configFile.digest(), diffIds, layers.size()));
        }
        return this;
    }

    ArchivedImage withNames(List<String> other) {
        return new ArchivedImage(manifest, configFile, config, layers, other);
    }
}
