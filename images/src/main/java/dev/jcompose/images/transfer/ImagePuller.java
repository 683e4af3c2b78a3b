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
import dev.jcompose.images.store.ImageUnpacking;
import dev.jcompose.images.store.LayerContent;
import dev.jcompose.images.store.StoredLayer;
import dev.jcompose.images.task.TaskThreads;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Brings images of registries into the store's content. Layers are downloaded side by side, and unpacked as they come.
 * Thread-safe.
 */
public final class ImagePuller {
    private static final int DOWNLOADS = 4;
    private static final long MAX_CONFIG_BYTES = 16L << 20;

    private final ContentStore content;
    private final BlobFetcher fetcher;

    public ImagePuller(ContentStore content) {
        this.content = content;
        fetcher = new BlobFetcher(content);
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
        keep(digest, manifest, diffIds, workspace);
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
        fetcher.fetch(
                blob,
                List.of(registries.origin(reference, credentials)),
                workspace,
                new Progress(TransferListener.NONE));
    }

    /** Should this attempt break off, the next one finds what it has got. */
    private void keep(Digest digest, Manifest manifest, List<Digest> diffIds, Workspace workspace) throws IOException {
        Set<Digest> blobs = new HashSet<>(List.of(manifest.config().digest()));
        manifest.layers().forEach(layer -> blobs.add(layer.digest()));
        content.unfinished().begin(digest, blobs, Set.copyOf(ChainId.of(diffIds)), workspace.path());
    }

    private ImageJson config(Manifest manifest, ManifestChoice choice, Workspace workspace) throws IOException {
        Descriptor descriptor = manifest.config();
        if (!MediaType.isConfig(descriptor.mediaType())) {
            throw new ImageException("'%s' is not an image but an artifact of type '%s'"
                    .formatted(choice.reference(), descriptor.mediaType()));
        }
        refuseLarge(descriptor, choice.reference());
        fetcher.fetch(descriptor, choice.sources(), workspace, new Progress(TransferListener.NONE));
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
        try (TaskThreads pool = new TaskThreads("layer-download", DOWNLOADS);
                ImageUnpacking unpacking = new ImageUnpacking(content.layers(), diffIds)) {
            for (int i = 0; i < blobs.size(); i++) {
                Descriptor blob = blobs.get(i);
                boolean there = content.blobs().has(blob.digest());
                progress.layer(
                        blob.digest(),
                        there && content.layers().find(chainIds.get(i)).isPresent()
                                ? TransferEvent.Action.EXISTS
                                : TransferEvent.Action.PULLING_LAYER);
                Future<Descriptor> fetched = there
                        ? CompletableFuture.completedFuture(blob)
                        : pool.submit(() -> fetcher.fetch(blob, sources, workspace, progress));
                unpacking.add(slot -> unpack(reference, TaskThreads.result(fetched), slot, progress), workspace.path());
            }
            unpacking.await();
        }
    }

    private StoredLayer unpack(ImageReference reference, Descriptor blob, ImageUnpacking.Slot slot, Progress progress)
            throws IOException {
        var there = content.layers().find(slot.chainId());
        if (there.isPresent()) {
            return there.get();
        }
        progress.bytes(blob.digest(), TransferEvent.Action.EXTRACTING, 0, blob.size());
        try {
            StoredLayer layer =
                    slot.add(LayerContent.packed(content.blobs().path(blob.digest()), blob.digest(), slot.diffId()));
            progress.layer(blob.digest(), TransferEvent.Action.PULLED);
            return layer;
        } catch (LayerException e) {
            throw new ImageException("image '%s': layer %s: %s".formatted(reference, blob.digest(), e.getMessage()), e);
        }
    }
}
