package dev.jcompose.images.transfer;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.Registries;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.registry.RegistryClient;
import dev.jcompose.images.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves images in this process. */
public final class LocalTransfer implements ImageTransfer {
    private final ImageStore store;
    private final ImagePuller puller;
    private final ImagePusher pusher;
    private final Patience patience;

    public LocalTransfer(ImageStore store, Patience patience) {
        this.store = store;
        this.patience = patience;
        puller = new ImagePuller(store.content());
        pusher = new ImagePusher(store.content());
    }

    @Override
    public Image pull(PullRequest request, TransferListener listener) throws IOException {
        try (Workspace workspace = store.workspace()) {
            ImagePuller.Pulled pulled = puller.pull(
                    request.reference(),
                    request.platform(),
                    new Registries(request.access(), patience),
                    request.access().credentials(),
                    workspace,
                    listener);
            return store.enter(pulled.manifest(), pulled.names(), List.of(pulled.repoDigest()));
        }
    }

    @Override
    public Digest push(Image image, ImageReference reference, RegistryAccess access, TransferListener listener)
            throws IOException {
        try (Workspace workspace = store.workspace()) {
            ImagePusher.Job job = PushJobs.of(store, image, reference);
            Digest digest =
                    pusher.push(job, new Registries(access, patience), access.credentials(), workspace, listener);
            store.addRepoDigest(image.id(), reference.withDigest(digest));
            return digest;
        }
    }

    @Override
    public Digest pullArtifact(ImageReference reference, RegistryAccess access) throws IOException {
        try (Workspace workspace = store.workspace()) {
            return puller.artifact(reference, new Registries(access, patience), access.credentials(), workspace);
        }
    }

    @Override
    public void pullBlob(ImageReference reference, Descriptor blob, RegistryAccess access) throws IOException {
        try (Workspace workspace = store.workspace()) {
            puller.blob(reference, blob, new Registries(access, patience), access.credentials(), workspace);
        }
    }

    @Override
    public Digest pushArtifact(
            Digest manifest, ImageReference reference, RegistryAccess access, TransferListener listener)
            throws IOException {
        try (Workspace workspace = store.workspace()) {
            ImagePusher.Job job = new ImagePusher.Job(manifest, reference, Map.of());
            return pusher.push(job, new Registries(access, patience), access.credentials(), workspace, listener);
        }
    }

    @Override
    public Digest resolve(ImageReference reference, RegistryAccess access) throws IOException {
        return resolve(reference, new Registries(access, patience), access.credentials());
    }

    @Override
    public Optional<Path> login(String registry, Credentials credentials, boolean keep, RegistryAccess access)
            throws IOException {
        Registries registries = new Registries(access, patience);
        registries.checkLogin(registry, credentials);
        return keep ? registries.logins().store(registry, credentials) : Optional.empty();
    }

    @Override
    public boolean logout(String registry, RegistryAccess access) throws IOException {
        return new Registries(access, patience).logins().erase(registry);
    }

    @Override
    public List<Image> load(InputStream archive) throws IOException {
        return store.load(archive);
    }

    /** Asks the mirrors, then the registry itself. */
    public static Digest resolve(ImageReference reference, Registries registries, @Nullable Credentials credentials)
            throws IOException {
        List<RegistryClient> sources = registries.sources(reference, credentials);
        for (int i = 0; ; i++) {
            try {
                return sources.get(i).digest(ManifestChoice.tagOrDigest(reference));
            } catch (RegistryException e) {
                if (i == sources.size() - 1) {
                    throw ManifestChoice.explained(reference, e);
                }
            }
        }
    }
}
