package dev.jcompose.images.worker;

import static java.util.Objects.requireNonNull;

import dev.jcompose.images.ImageLoader;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.Registries;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.transfer.ImagePuller;
import dev.jcompose.images.transfer.ImagePusher;
import dev.jcompose.images.transfer.LocalTransfer;
import dev.jcompose.images.transfer.TransferListener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the worker does, each in the caller's thread. */
final class WorkerOperations {
    private final ContentStore content;
    private final ImagePuller puller;
    private final ImagePusher pusher;

    WorkerOperations(ContentStore content) {
        this.content = content;
        puller = new ImagePuller(content);
        pusher = new ImagePusher(content);
    }

    WorkerAnswer.Result run(WorkerRequest request, TransferListener listener) throws IOException {
        return switch (request.operation()) {
            case PULL -> pull(request, listener);
            case PUSH -> push(request, listener);
            case ARTIFACT ->
                WorkerAnswer.Result.of(puller.artifact(
                        ImageReference.parse(needed(request.reference())),
                        registries(request),
                        request.credentials(),
                        workspace(request)));
            case BLOB -> {
                puller.blob(
                        ImageReference.parse(needed(request.reference())),
                        needed(request.blob()),
                        registries(request),
                        request.credentials(),
                        workspace(request));
                yield WorkerAnswer.Result.of(needed(request.blob()).digest());
            }
            case RESOLVE ->
                WorkerAnswer.Result.of(LocalTransfer.resolve(
                        ImageReference.parse(needed(request.reference())), registries(request), request.credentials()));
            case LOGIN -> login(request);
            case LOGOUT ->
                new WorkerAnswer.Result(
                        null, null, null, null, registries(request).logins().erase(needed(request.reference())), null);
            case LOAD -> load(request);
            case CANCEL -> throw new IllegalArgumentException("cancel is no operation");
        };
    }

    private WorkerAnswer.Result pull(WorkerRequest request, TransferListener listener) throws IOException {
        ImagePuller.Pulled pulled = puller.pull(
                ImageReference.parse(needed(request.reference())),
                needed(request.platform()),
                registries(request),
                request.credentials(),
                workspace(request),
                listener);
        return new WorkerAnswer.Result(
                pulled.manifest(),
                pulled.names().stream().map(ImageReference::canonical).toList(),
                pulled.repoDigest().canonical(),
                null,
                false,
                null);
    }

    private WorkerAnswer.Result push(WorkerRequest request, TransferListener listener) throws IOException {
        Map<Digest, List<String>> elsewhere = new HashMap<>();
        needed(request.elsewhere()).forEach((digest, names) -> elsewhere.put(Digest.parse(digest), names));
        ImagePusher.Job job = new ImagePusher.Job(
                needed(request.manifest()), ImageReference.parse(needed(request.reference())), elsewhere);
        return WorkerAnswer.Result.of(
                pusher.push(job, registries(request), request.credentials(), workspace(request), listener));
    }

    private static WorkerAnswer.Result login(WorkerRequest request) throws IOException {
        Registries registries = registries(request);
        String registry = needed(request.reference());
        registries.checkLogin(registry, needed(request.credentials()));
        String file = request.keep()
                ? registries
                        .logins()
                        .store(registry, needed(request.credentials()))
                        .map(Path::toString)
                        .orElse(null)
                : null;
        return new WorkerAnswer.Result(null, null, null, file, false, null);
    }

    private WorkerAnswer.Result load(WorkerRequest request) throws IOException {
        List<WorkerAnswer.Loaded> loaded = new ArrayList<>();
        try (InputStream archive = new PipeInput(Files.newInputStream(Path.of(needed(request.archive()))))) {
            for (ImageLoader.LoadedImage image : new ImageLoader(content).load(archive, workspace(request))) {
                loaded.add(new WorkerAnswer.Loaded(
                        image.manifest(),
                        image.names().stream().map(ImageReference::canonical).toList()));
            }
        }
        return new WorkerAnswer.Result(null, null, null, null, false, loaded);
    }

    private static Registries registries(WorkerRequest request) throws IOException {
        return new Registries(RegistryAccess.of(needed(request.environment())), Patience.DEFAULT);
    }

    private Workspace workspace(WorkerRequest request) throws IOException {
        return Workspace.of(content, Path.of(needed(request.workspace())));
    }

    private static <T> T needed(@Nullable T value) {
        return requireNonNull(value, "the request is not complete");
    }

    /** A pipe cannot be sought in, though its stream tries. */
    private static final class PipeInput extends FilterInputStream {
        private static final int SKIP_BYTES = 1 << 16;

        PipeInput(InputStream pipe) {
            super(pipe);
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[(int) Math.min(Math.max(count, 0), SKIP_BYTES)];
            return Math.max(0, in.read(skipped));
        }
    }
}
