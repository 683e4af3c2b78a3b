package dev.jcompose.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Index;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.store.BlobStore;
import dev.jcompose.images.store.ContentStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes images into a tar file that is an OCI layout and a docker-archive at once, as {@code docker save} does since
 * version 25: each blob is there once, and both kinds of readers find it.
 */
public final class ArchiveWriter {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final String CONTAINERD_NAME = "io.containerd.image.name";

    private final ContentStore content;

    public ArchiveWriter(ContentStore content) {
        this.content = content;
    }

    /**
     * An image to write.
     *
     * @param names full references with a tag; may be none
     * @param familiarNames the same as Docker writes them
     */
    public record Entry(Digest manifest, List<String> names, List<String> familiarNames) {
        public Entry {
            names = List.copyOf(names);
            familiarNames = List.copyOf(familiarNames);
        }
    }

    /** Writes them all; the stream is not closed. */
    public void write(List<Entry> entries, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, UTF_8.name());
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        Set<Digest> written = new LinkedHashSet<>();
        List<Descriptor> index = new ArrayList<>();
        List<DockerManifest> docker = new ArrayList<>();
        for (Entry entry : entries) {
            byte[] document = content.blobs().document(entry.manifest());
            Manifest manifest = content.json().read(document, Manifest.class, "manifest " + entry.manifest());
            List<String> layers = new ArrayList<>();
            for (Descriptor layer : manifest.layers()) {
                layers.add(name(layer.digest()));
                blob(layer.digest(), written, tar);
            }
            blob(manifest.config().digest(), written, tar);
            blob(entry.manifest(), written, tar);
            docker.add(new DockerManifest(name(manifest.config().digest()), entry.familiarNames(), layers));
            String type = MediaType.isManifest(manifest.mediaType()) ? manifest.mediaType() : MediaType.OCI_MANIFEST;
            Descriptor plain = Descriptor.of(type, entry.manifest(), document.length);
            if (entry.names().isEmpty()) {
                index.add(plain);
            }
            for (String name : entry.names()) {
                Map<String, String> annotations = new HashMap<>();
                annotations.put(CONTAINERD_NAME, name);
                annotations.put(REF_NAME, name.substring(name.lastIndexOf(':') + 1));
                index.add(new Descriptor(type, plain.digest(), plain.size(), null, annotations));
            }
        }
        document("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8), tar);
        document("index.json", content.json().write(new Index(2, MediaType.OCI_INDEX, index)), tar);
        document("manifest.json", content.json().write(docker), tar);
        tar.finish();
        tar.flush();
    }

    private void blob(Digest digest, Set<Digest> written, TarArchiveOutputStream tar) throws IOException {
        if (!written.add(digest)) {
            return;
        }
        BlobStore blobs = content.blobs();
        TarArchiveEntry entry = entry(name(digest), blobs.sizeBytes(digest));
        tar.putArchiveEntry(entry);
        Files.copy(blobs.path(digest), tar);
        tar.closeArchiveEntry();
    }

    private static void document(String name, byte[] document, TarArchiveOutputStream tar) throws IOException {
        tar.putArchiveEntry(entry(name, document.length));
        tar.write(document);
        tar.closeArchiveEntry();
    }

    /** The same image gives the same bytes: no time, no owner. */
    private static TarArchiveEntry entry(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0100644);
        entry.setModTime(0L);
        return entry;
    }

    private static String name(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }
}
