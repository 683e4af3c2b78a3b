package dev.jcompose.images.archive;

import dev.jcompose.images.layer.Compression;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code manifest.json} and what it names: the form of {@code docker save} since version 1.10. */
final class DockerArchive {
    static final String MANIFEST = "manifest.json";

    /** The configuration's name says its digest: {@code HEX.json}, or {@code blobs/sha256/HEX} since version 25. */
    private static final Pattern CONFIG_NAME = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.json)?");

    private final ArchiveSpool spool;
    private final OciJson json;

    DockerArchive(ArchiveSpool spool, OciJson json) {
        this.spool = spool;
        this.json = json;
    }

    List<ArchivedImage> images() throws IOException {
        List<ArchivedImage> images = new ArrayList<>();
        for (DockerManifest manifest : manifests()) {
            SpooledFile configFile = file("configuration", manifest.config());
            Matcher name = CONFIG_NAME.matcher(manifest.config());
            if (name.matches() && !name.group(1).equals(configFile.digest().hex())) {
                throw new ArchiveException("configuration '%s' is damaged: its digest is %s"
                        .formatted(manifest.config(), configFile.digest()));
            }
            ImageJson config = json.read(configFile.document(), ImageJson.class, "'" + manifest.config() + "'");
            List<Digest> diffIds = config.rootfs().diffIds();
            List<ArchivedLayer> layers = new ArrayList<>();
            List<Descriptor> descriptors = new ArrayList<>();
            for (String layerName : manifest.layers()) {
                SpooledFile file = file("layer", layerName);
                Compression compression = compression(file);
                // One that is not compressed has the digest that the configuration gives it.
                boolean said = compression == Compression.NONE && layers.size() < diffIds.size();
                Digest digest = said ? diffIds.get(layers.size()) : file.digest();
                layers.add(new ArchivedLayer(file, digest));
                descriptors.add(Descriptor.of(mediaType(compression), digest, file.sizeBytes()));
            }
            byte[] oci = json.write(Manifest.of(
                    Descriptor.of(MediaType.OCI_CONFIG, configFile.digest(), configFile.sizeBytes()), descriptors));
            SpooledFile made = spool.write("manifest of " + manifest.config(), oci);
            images.add(new ArchivedImage(made, configFile, config, layers, manifest.repoTags()).checked());
        }
        return images;
    }

    List<DockerManifest> manifests() throws IOException {
        return List.of(json.read(file("", MANIFEST).document(), DockerManifest[].class, MANIFEST));
    }

    private SpooledFile file(String what, String name) throws ArchiveException {
        return spool.find(name)
                .orElseThrow(() -> new ArchiveException(
                        "manifest.json names the %s '%s', which is not in the archive".formatted(what, name)));
    }

    private static Compression compression(SpooledFile layer) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(layer.path()))) {
            return Compression.of(in);
        }
    }

    private static String mediaType(Compression compression) {
        return switch (compression) {
            case GZIP -> MediaType.OCI_LAYER_GZIP;
            case ZSTD -> MediaType.OCI_LAYER_ZSTD;
            default -> MediaType.OCI_LAYER;
        };
    }
}
