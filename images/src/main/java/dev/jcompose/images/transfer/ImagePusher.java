package dev.jcompose.images.transfer;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.layer.Compression;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.Registries;
import dev.jcompose.images.registry.RegistryClient;
import dev.jcompose.images.registry.RegistryException;
import dev.jcompose.images.store.ContentStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Uploads images of the store. Layers that are not compressed go compressed over the wire. Thread-safe. */
public final class ImagePusher {
    private static final int COPY_BYTES = 128 * 1024;

    private final ContentStore content;

    public ImagePusher(ContentStore content) {
        this.content = content;
    }

    /**
     * What to push.
     *
     * @param elsewhere repositories of the same registry which may have a blob: it need not be uploaded then
     */
    public record Job(Digest manifest, ImageReference reference, Map<Digest, List<String>> elsewhere) {
        public Job {
            elsewhere = Map.copyOf(elsewhere);
        }
    }

    /**
     * Uploads what the registry has not, then the manifest.
     *
     * @param credentials for its registry; null for the login that is kept
     * @return the digest of the manifest there
     */
    public Digest push(
            Job job,
            Registries registries,
            @Nullable Credentials credentials,
            Workspace workspace,
            TransferListener listener)
            throws IOException {
        Progress progress = new Progress(listener);
        ImageReference reference = job.reference();
        RegistryClient client = registries.origin(reference, credentials);
        byte[] document = content.blobs().document(job.manifest());
        Manifest manifest = content.json().read(document, Manifest.class, "manifest " + job.manifest());
        progress.image("The push refers to repository [" + reference.registry() + "/" + reference.repository() + "]");
        manifest.layers().forEach(layer -> progress.layer(layer.digest(), TransferEvent.Action.PREPARING));
        try {
            Map<Digest, Descriptor> pushed = new LinkedHashMap<>();
            for (Descriptor layer : manifest.layers()) {
                if (!pushed.containsKey(layer.digest())) {
                    pushed.put(layer.digest(), layer(layer, job, client, workspace, progress));
                }
            }
            blob(manifest.config(), content.blobs().path(manifest.config().digest()), client);
            List<Descriptor> layers = new ArrayList<>();
            manifest.layers().forEach(layer -> layers.add(pushed.getOrDefault(layer.digest(), layer)));
            byte[] sent = layers.equals(manifest.layers())
                    ? document
                    : content.json()
                            .write(new Manifest(
                                    2, MediaType.OCI_MANIFEST, manifest.config(), layers, manifest.annotations()));
            Digest digest = Digest.ofBytes(sent);
            String type = layers.equals(manifest.layers()) ? manifest.mediaType() : MediaType.OCI_MANIFEST;
            client.putManifest(ManifestChoice.tagOrDigest(reference), type, sent);
            progress.image(
                    "%s: digest: %s size: %d".formatted(ManifestChoice.tagOrDigest(reference), digest, sent.length));
            return digest;
        } catch (RegistryException e) {
            throw explained(reference, e);
        }
    }

    private Descriptor layer(Descriptor layer, Job job, RegistryClient client, Workspace workspace, Progress progress)
            throws IOException {
        Path file = content.blobs().path(layer.digest());
        if (!client.has(layer.digest())) {
            for (String repository : job.elsewhere().getOrDefault(layer.digest(), List.of())) {
                if (client.mount(layer.digest(), repository)) {
                    progress.layer(layer.digest(), TransferEvent.Action.MOUNTED + " " + repository);
                    return layer;
                }
            }
            if (isCompressed(file)) {
                upload(layer, layer.digest(), file, client, progress);
                return layer;
            }
            Path packed = workspace.path();
            try {
                Descriptor compressed = compress(file, packed);
                if (client.has(compressed.digest())) {
                    progress.layer(layer.digest(), TransferEvent.Action.THERE);
                } else {
                    upload(compressed, layer.digest(), packed, client, progress);
                }
                return compressed;
            } finally {
                Files.deleteIfExists(packed);
            }
        }
        progress.layer(layer.digest(), TransferEvent.Action.THERE);
        return layer;
    }

    private static void upload(Descriptor blob, Digest shownAs, Path file, RegistryClient client, Progress progress)
            throws IOException {
        client.upload(
                blob.digest(), file, sent -> progress.bytes(shownAs, TransferEvent.Action.PUSHING, sent, blob.size()));
        progress.layer(shownAs, TransferEvent.Action.PUSHED);
    }

    private static void blob(Descriptor blob, Path file, RegistryClient client) throws IOException {
        if (!client.has(blob.digest())) {
            client.upload(blob.digest(), file, sent -> {});
        }
    }

    private static boolean isCompressed(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return Compression.of(in) != Compression.NONE;
        }
    }

    /** The same bytes for the same layer, always: no name and no time in the header. */
    private static Descriptor compress(Path file, Path packed) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(packed), sha256);
                GZIPOutputStream gzip = new FastGzip(out)) {
            in.transferTo(gzip);
        }
        return Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.of(sha256), Files.size(packed));
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, COPY_BYTES);
            def.setLevel(Deflater.BEST_SPEED + 2);
        }
    }

    private static IOException explained(ImageReference reference, RegistryException e) {
        return e.kind() != RegistryException.Kind.DENIED
                ? e
                : new RegistryException(
                        e.kind(),
                        "push access denied for %s: it may be somebody else's, or need 'jcompose login %s': %s"
                                .formatted(reference.familiarName(), reference.registry(), e.getMessage()),
                        e);
    }
}
