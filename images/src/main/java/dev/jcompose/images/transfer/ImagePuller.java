package dev.jcompose.images.transfer;

import dev.jcompose.images.HostImage;
import dev.jcompose.images.ImageException;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.layer.LayerException;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.Registries;
import dev.jcompose.images.registry.RegistryClient;
import dev.jcompose.images.registry.RegistryException;
import dev.jcompose.images.store.ChainId;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.KeyedLocks;
import dev.jcompose.images.store.LayerContent;
import dev.jcompose.images.store.StoredLayer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings images of registries into the store's content. Layers are downloaded side by side, and unpacked one after the
 * other as they come: what a layer hides depends on those below it. Thread-safe.
 */
public final class ImagePuller {
    private static final int DOWNLOADS = 4;
    private static final long MAX_CONFIG_BYTES = 16L << 20;

    private final ContentStore content;
    private final KeyedLocks<Digest> downloads = new KeyedLocks<>();

    public ImagePuller(ContentStore content) {
        this.content = content;
    }

    /**
     * An image that is ready to be entered into the index.
     *
     * @param names the reference, unless it has a digest
     * @param repoDigest what the registry calls it
     */
    public record Pulled(Digest manifest, List<ImageReference> names, ImageReference repoDigest) {}

    /**
     * Pulls an image.
     *
     * @param credentials for its registry; null for the login that is kept
     * @throws IOException saying what was tried on which registry, and what it answered
     */
    public Pulled pull(
            ImageReference reference,
            Platform platform,
            Registries registries,
            @Nullable Credentials credentials,
            Workspace workspace,
            TransferListener listener)
            throws IOException {
        if (reference.registry().equals(HostImage.NAME.registry())) {
            throw new ImageException(
                    reference.equals(HostImage.NAME)
                            ? "image '" + reference + "' is built in and cannot be pulled"
                            : "image '" + reference
                                    + "' is local (localhost/...) and in no registry: build it, or load it");
        }
        Progress progress = new Progress(listener);
        List<RegistryClient> sources = registries.sources(reference, credentials);
        ManifestChoice choice = ManifestChoice.find(content.json(), sources, reference, platform);
        Manifest manifest = choice.manifest();
        ImageJson config = config(manifest, choice, workspace);
        List<Digest> diffIds = config.rootfs().diffIds();
        if (diffIds.size() != manifest.layers().size()) {
            throw new ImageException("image '%s' is damaged: its configuration has %d layers, its manifest %d"
                    .formatted(reference, diffIds.size(), manifest.layers().size()));
        }
        Digest digest = Digest.ofBytes(choice.document().content());
        keep(digest, manifest, diffIds);
        try {
            layers(reference, manifest.layers(), diffIds, choice.sources(), workspace, progress);
        } catch (ImageException e) {
            content.unfinished().end(digest);
            throw e;
        } catch (RegistryException e) {
            if (!e.mayPass()) {
                content.unfinished().end(digest);
            }
            throw e;
        }
        content.blobs().put(choice.document().content(), workspace.path());
        return new Pulled(
                digest,
                reference.digest() == null ? List.of(reference) : List.of(),
                reference.withDigest(choice.top()));
    }

    /**
     * Brings manifest and configuration of something that is no image.
     *
     * @return the digest of the manifest
     */
    public Digest artifact(
            ImageReference reference, Registries registries, @Nullable Credentials credentials, Workspace workspace)
            throws IOException {
        RegistryClient source = registries.origin(reference, credentials);
        byte[] document = source.manifest(ManifestChoice.tagOrDigest(reference)).content();
        Manifest manifest = content.json().read(document, Manifest.class, "manifest of '" + reference + "'");
        refuseLarge(manifest.config(), reference);
        blob(reference, manifest.config(), registries, credentials, workspace);
        return content.blobs().put(document, workspace.path());
    }

    /** Brings a blob of it. */
    public void blob(
            ImageReference reference,
            Descriptor blob,
            Registries registries,
            @Nullable Credentials credentials,
            Workspace workspace)
            throws IOException {
        fetch(blob, List.of(registries.origin(reference, credentials)), workspace, new Progress(TransferListener.NONE));
    }

    /** Should this attempt break off, the next one finds what it has got. */
    private void keep(Digest digest, Manifest manifest, List<Digest> diffIds) throws IOException {
        Set<Digest> blobs = new HashSet<>(List.of(manifest.config().digest()));
        manifest.layers().forEach(layer -> blobs.add(layer.digest()));
        content.unfinished().begin(digest, blobs, Set.copyOf(ChainId.of(diffIds)));
    }

    private ImageJson config(Manifest manifest, ManifestChoice choice, Workspace workspace) throws IOException {
        Descriptor descriptor = manifest.config();
        if (!MediaType.isConfig(descriptor.mediaType())) {
            throw new ImageException("'%s' is not an image but an artifact of type '%s'"
                    .formatted(choice.reference(), descriptor.mediaType()));
        }
        refuseLarge(descriptor, choice.reference());
        fetch(descriptor, choice.sources(), workspace, new Progress(TransferListener.NONE));
        return content.json()
                .read(
                        content.blobs().document(descriptor.digest()),
                        ImageJson.class,
                        "image configuration " + descriptor.digest());
    }

    private static void refuseLarge(Descriptor config, ImageReference reference) throws ImageException {
        if (config.size() > MAX_CONFIG_BYTES) {
            throw new ImageException("image '%s' has a configuration of %d bytes; more than %d are not read"
                    .formatted(reference, config.size(), MAX_CONFIG_BYTES));
        }
    }

    private void layers(
            ImageReference reference,
            List<Descriptor> blobs,
            List<Digest> diffIds,
            List<RegistryClient> sources,
            Workspace workspace,
            Progress progress)
            throws IOException {
        List<Digest> chainIds = ChainId.of(diffIds);
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.max(1, Math.min(DOWNLOADS, blobs.size())), task -> new Thread(task, "layer-download"));
        try {
            List<@Nullable Future<?>> fetches = new ArrayList<>();
            for (int i = 0; i < blobs.size(); i++) {
                Descriptor blob = blobs.get(i);
                boolean there = content.blobs().has(blob.digest());
                progress.layer(
                        blob.digest(),
                        there && content.layers().find(chainIds.get(i)).isPresent()
                                ? TransferEvent.Action.EXISTS
                                : TransferEvent.Action.PULLING_LAYER);
                fetches.add(
                        there
                                ? null
                                : pool.submit(() -> {
                                    fetch(blob, sources, workspace, progress);
                                    return blob;
                                }));
            }
            List<StoredLayer> below = new ArrayList<>();
            for (int i = 0; i < blobs.size(); i++) {
                await(fetches.get(i));
                below.add(unpack(reference, blobs.get(i), diffIds.get(i), below, workspace, progress));
            }
        } finally {
            end(pool);
        }
    }

    private StoredLayer unpack(
            ImageReference reference,
            Descriptor blob,
            Digest diffId,
            List<StoredLayer> below,
            Workspace workspace,
            Progress progress)
            throws IOException {
        Digest chainId =
                ChainId.on(below.isEmpty() ? null : below.get(below.size() - 1).chainId(), diffId);
        var there = content.layers().find(chainId);
        if (there.isPresent()) {
            return there.get();
        }
        progress.bytes(blob.digest(), TransferEvent.Action.EXTRACTING, 0, blob.size());
        try {
            Path file = content.blobs().path(blob.digest());
            StoredLayer layer =
                    content.layers().add(LayerContent.packed(file, blob.digest(), diffId), below, workspace.path());
            progress.layer(blob.digest(), TransferEvent.Action.PULLED);
            return layer;
        } catch (LayerException e) {
            throw new ImageException("image '%s': layer %s: %s".formatted(reference, blob.digest(), e.getMessage()), e);
        }
    }

    /** Makes sure that the store has a blob. */
    private void fetch(Descriptor blob, List<RegistryClient> sources, Workspace workspace, Progress progress)
            throws IOException {
        downloads.with(blob.digest(), () -> {
            if (!content.blobs().has(blob.digest())) {
                download(blob, sources, workspace, progress);
            }
            progress.layer(blob.digest(), TransferEvent.Action.DOWNLOADED);
            return blob.digest();
        });
    }

    private void download(Descriptor blob, List<RegistryClient> sources, Workspace workspace, Progress progress)
            throws IOException {
        Path kept = content.unfinished().file(blob.digest());
        try (FileChannel out = open(kept);
                FileLock lock = out.tryLock()) {
            if (lock != null) {
                download(blob, sources, kept, out, progress);
                return;
            }
        }
        // The worker of an engine that has died is still at it.
        Path own = workspace.path();
        try (FileChannel out = open(own)) {
            download(blob, sources, own, out, progress);
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void download(Descriptor blob, List<RegistryClient> sources, Path file, FileChannel out, Progress progress)
            throws IOException {
        try {
            new BlobDownload(blob, out, progress).from(sources);
        } catch (IOException e) {
            if (out.size() == 0) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        content.blobs().adopt(file, blob.digest());
    }

    private static void await(@Nullable Future<?> fetch) throws IOException {
        if (fetch == null) {
            return;
        }
        try {
            fetch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("canceled");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(String.valueOf(e.getCause()), e);
        }
    }

    /** Returns when no thread writes into the workspace any more. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
