package dev.jcompose.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Index;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An image layout that is a directory, as other tools write it.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a>
 */
public final class LayoutDirectory {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final String LATEST = "latest";
    private static final int MAX_DEPTH = 4;

    private final Path directory;
    private final OciJson json;

    public LayoutDirectory(Path directory, OciJson json) {
        this.directory = directory;
        this.json = json;
    }

    /**
     * Writes one of its images as an archive, in which it has no name.
     *
     * @param wanted {@code TAG}, {@code @DIGEST} or {@code TAG@DIGEST}; empty for the tag {@code latest}, or the only
     *     image
     * @throws IOException if it is no layout, or has no such image
     */
    public void write(String wanted, OutputStream out) throws IOException {
        Descriptor image = find(wanted);
        Set<Digest> blobs = new LinkedHashSet<>();
        collect(image, blobs, 0);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        document(tar, OciLayout.MARKER, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        Descriptor nameless =
                new Descriptor(image.mediaType(), image.digest(), image.size(), image.platform(), Map.of());
        document(tar, OciLayout.INDEX, json.write(new Index(2, MediaType.OCI_INDEX, List.of(nameless))));
        for (Digest blob : blobs) {
            TarArchiveEntry entry = new TarArchiveEntry("blobs/" + blob.algorithm() + "/" + blob.hex());
            entry.setSize(Files.size(path(blob)));
            tar.putArchiveEntry(entry);
            Files.copy(path(blob), tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    private Descriptor find(String wanted) throws IOException {
        Path file = directory.resolve(OciLayout.INDEX);
        if (!Files.isRegularFile(file) || !Files.isRegularFile(directory.resolve(OciLayout.MARKER))) {
            throw new ArchiveException(
                    "\"%s\" is no OCI layout: it has not both oci-layout and index.json".formatted(directory));
        }
        List<Descriptor> all = json.read(Files.readAllBytes(file), Index.class, "'" + file + "'")
                .manifests();
        int at = wanted.indexOf('@');
        @Nullable Digest digest = at < 0 ? null : Digest.parse(wanted.substring(at + 1));
        String tag = at < 0 ? wanted : "";
        if (tag.isEmpty() && digest == null && all.size() == 1) {
            return all.get(0);
        }
        String name = tag.isEmpty() ? LATEST : tag;
        return all.stream()
                .filter(image ->
                        digest == null ? isNamed(image, name) : image.digest().equals(digest))
                .findFirst()
                .orElseThrow(() -> new ArchiveException("\"%s\" has no image \"%s\", but %s"
                        .formatted(
                                directory,
                                wanted.isEmpty() ? LATEST : wanted,
                                all.stream()
                                        .map(image -> image.annotations()
                                                .getOrDefault(
                                                        REF_NAME, image.digest().toString()))
                                        .toList())));
    }

    /** A tag alone, or the whole reference, as tools differ. */
    private static boolean isNamed(Descriptor image, String tag) {
        String name = image.annotations().getOrDefault(REF_NAME, "");
        return name.equals(tag) || name.endsWith(":" + tag);
    }

    /** What an image needs, as far as it is there: of several platforms a layout may have one only. */
    private void collect(Descriptor descriptor, Set<Digest> blobs, int depth) throws IOException {
        if (depth > MAX_DEPTH || !Files.isRegularFile(path(descriptor.digest())) || !blobs.add(descriptor.digest())) {
            return;
        }
        String what = "'" + path(descriptor.digest()) + "'";
        if (MediaType.isIndex(descriptor.mediaType())) {
            for (Descriptor below : json.read(Files.readAllBytes(path(descriptor.digest())), Index.class, what)
                    .manifests()) {
                collect(below, blobs, depth + 1);
            }
        } else if (MediaType.isManifest(descriptor.mediaType())) {
            Manifest manifest = json.read(Files.readAllBytes(path(descriptor.digest())), Manifest.class, what);
            collect(manifest.config(), blobs, depth + 1);
            for (Descriptor layer : manifest.layers()) {
                collect(layer, blobs, depth + 1);
            }
        }
    }

    private Path path(Digest digest) {
        return directory.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    private static void document(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
