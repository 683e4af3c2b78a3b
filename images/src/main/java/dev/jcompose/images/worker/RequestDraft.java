package dev.jcompose.images.worker;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.RegistryAccess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that has no number yet. What is not said is null. Used by one thread. */
final class RequestDraft {
    private final WorkerRequest.Operation operation;
    private @Nullable String workspace;
    private @Nullable String reference;
    private @Nullable Platform platform;
    private @Nullable Digest manifest;
    private @Nullable Map<String, List<String>> elsewhere;
    private @Nullable Descriptor blob;
    private @Nullable String archive;
    private boolean keep;
    private @Nullable Map<String, String> environment;
    private @Nullable Credentials credentials;

    RequestDraft(WorkerRequest.Operation operation) {
        this.operation = operation;
    }

    RequestDraft in(Workspace place) {
        workspace = place.root().toString();
        return this;
    }

    RequestDraft of(ImageReference image) {
        return of(image.canonical());
    }

    /** @param name of an image or a registry */
    RequestDraft of(String name) {
        reference = name;
        return this;
    }

    RequestDraft platform(Platform wanted) {
        platform = wanted;
        return this;
    }

    /** @param repositories that may have a blob */
    RequestDraft manifest(Digest pushed, Map<Digest, List<String>> repositories) {
        manifest = pushed;
        Map<String, List<String>> byName = new HashMap<>();
        repositories.forEach((digest, names) -> byName.put(digest.toString(), names));
        elsewhere = byName;
        return this;
    }

    RequestDraft blob(Descriptor wanted) {
        blob = wanted;
        return this;
    }

    RequestDraft archive(Path pipe) {
        archive = pipe.toString();
        return this;
    }

    RequestDraft keep(boolean login) {
        keep = login;
        return this;
    }

    RequestDraft by(RegistryAccess caller) {
        environment = caller.environment();
        credentials = caller.credentials();
        return this;
    }

    WorkerRequest numbered(long id) {
        return new WorkerRequest(
                id,
                operation,
                workspace,
                reference,
                platform,
                manifest,
                elsewhere,
                blob,
                archive,
                keep,
                environment,
                credentials);
    }
}
