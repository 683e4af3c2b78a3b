package dev.jcompose.images.archive;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Index;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads {@code index.json} and the blobs that it leads to. Of an image for several platforms it takes the one for this
 * machine; archives often hold only that one, though their index names all.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a>
 */
final class OciLayout {
    static final String MARKER = "oci-layout";
    static final String INDEX = "index.json";

    private static final int MAX_DEPTH = 4;
    private static final String CONTAINERD_NAME = "io.containerd.image.name";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final String DOCKER_REFERENCE = "vnd.docker.reference.type";

    private final ArchiveSpool spool;
    private final OciJson json;
    private final Platform platform;
    private final TreeSet<String> otherPlatforms = new TreeSet<>();

    OciLayout(ArchiveSpool spool, OciJson json, Platform platform) {
        this.spool = spool;
        this.json = json;
        this.platform = platform;
    }

    static boolean isIn(ArchiveSpool spool) {
        return spool.find(MARKER).isPresent() && spool.find(INDEX).isPresent();
    }

    /** @throws ArchiveException if there is none for this machine; the message says which ones there are */
    List<ArchivedImage> images() throws IOException {
        SpooledFile file = spool.find(INDEX).orElseThrow();
        Map<String, ArchivedImage> byId = new LinkedHashMap<>();
        for (Descriptor descriptor :
                json.read(file.document(), Index.class, INDEX).manifests()) {
            Optional<ArchivedImage> image = image(descriptor, 0);
            if (image.isPresent()) {
                ArchivedImage found = image.get();
                // The same image once per name.
                byId.merge(
                        found.manifest().digest().toString(),
                        found.withNames(names(descriptor)),
                        (before, now) -> before.withNames(both(before.names(), now.names())));
            }
        }
        if (byId.isEmpty()) {
            throw new ArchiveException("the archive has no image for %s%s"
                    .formatted(platform, otherPlatforms.isEmpty() ? "" : ", only for " + otherPlatforms));
        }
        return List.copyOf(byId.values());
    }

    private Optional<ArchivedImage> image(Descriptor descriptor, int depth) throws IOException {
        if (descriptor.annotations().containsKey(DOCKER_REFERENCE)) {
            return Optional.empty();
        }
        Platform of = descriptor.platform();
        if (of != null && !of.os().isEmpty() && !platform.accepts(of)) {
            otherPlatforms.add(of.toString());
            return Optional.empty();
        }
        Optional<SpooledFile> blob = spool.find(descriptor.digest());
        if (blob.isEmpty()) {
            // An image of several platforms, of which the archive holds only some.
            if (depth > 0) {
                return Optional.empty();
            }
            throw missing("manifest", descriptor, INDEX);
        }
        SpooledFile file = verified(blob.get(), descriptor);
        if (MediaType.isIndex(descriptor.mediaType()) && depth < MAX_DEPTH) {
            for (Descriptor below :
                    json.read(file.document(), Index.class, file.name()).manifests()) {
                Optional<ArchivedImage> image = image(below, depth + 1);
                if (image.isPresent()) {
                    return image;
                }
            }
            return Optional.empty();
        }
        return MediaType.isManifest(descriptor.mediaType()) ? image(file) : Optional.empty();
    }

    private Optional<ArchivedImage> image(SpooledFile file) throws IOException {
        String name = file.name();
        Manifest manifest = json.read(file.document(), Manifest.class, "'" + name + "'");
        if (!MediaType.isConfig(manifest.config().mediaType())) {
            return Optional.empty();
        }
        SpooledFile configFile = verified(
                spool.find(manifest.config().digest())
                        .orElseThrow(() -> missing("configuration", manifest.config(), name)),
                manifest.config());
        ImageJson config = json.read(configFile.document(), ImageJson.class, "'" + configFile.name() + "'");
        Platform of = Platform.of(config);
        if (!of.architecture().isEmpty() && !platform.accepts(of)) {
            otherPlatforms.add(of.toString());
            return Optional.empty();
        }
        List<ArchivedLayer> layers = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            layers.add(new ArchivedLayer(
                    spool.find(layer.digest()).orElseThrow(() -> missing("layer", layer, name)), layer.digest()));
        }
        return Optional.of(new ArchivedImage(file, configFile, config, layers, List.of()).checked());
    }

    private static SpooledFile verified(SpooledFile file, Descriptor descriptor) throws IOException {
        if (!descriptor.digest().isOf(file.document())) {
            throw new ArchiveException("'%s' is damaged: its digest is %s".formatted(file.name(), file.digest()));
        }
        return file;
    }

    private static ArchiveException missing(String what, Descriptor descriptor, String in) {
        return new ArchiveException(
                "'%s' names the %s %s, which is not in the archive".formatted(in, what, descriptor.digest()));
    }

    /** A name that is only a tag, as OCI tools may write, names no image here. */
    private static List<String> names(Descriptor descriptor) {
        String containerd = descriptor.annotations().get(CONTAINERD_NAME);
        if (containerd != null) {
            return List.of(containerd);
        }
        String name = descriptor.annotations().getOrDefault(REF_NAME, "");
        return name.contains("/") || name.contains(":") ? List.of(name) : List.of();
    }

    static List<String> both(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        second.stream().filter(name -> !first.contains(name)).forEach(all::add);
        return all;
    }
}
