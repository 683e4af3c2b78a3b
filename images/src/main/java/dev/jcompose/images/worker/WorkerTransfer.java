package dev.jcompose.images.worker;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageLoader;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.transfer.ImagePusher;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.images.transfer.PullRequest;
import dev.jcompose.images.transfer.PushJobs;
import dev.jcompose.images.transfer.TransferListener;
import dev.jcompose.images.worker.WorkerRequest.Operation;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves images with the worker's hands; the index is kept here. */
public final class WorkerTransfer implements ImageTransfer {
    private final Linux linux;
    private final ImageStore store;
    private final WorkerProcess worker;

    public WorkerTransfer(Linux linux, ImageStore store, WorkerProcess worker) {
        this.linux = linux;
        this.store = store;
        this.worker = worker;
    }

    @Override
    public Image pull(PullRequest request, TransferListener listener) throws IOException {
        try (Workspace workspace = store.workspace()) {
            WorkerAnswer.Result pulled = worker.run(
                    id -> new WorkerRequest(
                            id,
                            Operation.PULL,
                            workspace.root().toString(),
                            request.reference().canonical(),
                            request.platform(),
                            null,
                            null,
                            null,
                            null,
                            false,
                            request.access().environment(),
                            request.access().credentials()),
                    listener);
            return store.enter(
                    digest(pulled),
                    references(pulled.names()),
                    references(List.of(String.valueOf(pulled.repoDigest()))));
        }
    }

    @Override
    public Digest push(Image image, ImageReference reference, RegistryAccess access, TransferListener listener)
            throws IOException {
        try (Workspace workspace = store.workspace()) {
            ImagePusher.Job job = PushJobs.of(store, image, reference);
            Digest digest = push(job, workspace, access, listener);
            store.addRepoDigest(image.id(), reference.withDigest(digest));
            return digest;
        }
    }

    private Digest push(ImagePusher.Job job, Workspace workspace, RegistryAccess access, TransferListener listener)
            throws IOException {
        Map<String, List<String>> elsewhere = new HashMap<>();
        job.elsewhere().forEach((digest, names) -> elsewhere.put(digest.toString(), names));
        return digest(worker.run(
                id -> new WorkerRequest(
                        id,
                        Operation.PUSH,
                        workspace.root().toString(),
                        job.reference().canonical(),
                        null,
                        job.manifest(),
                        elsewhere,
                        null,
                        null,
                        false,
                        access.environment(),
                        access.credentials()),
                listener));
    }

    @Override
    public Digest pushArtifact(
            Digest manifest, ImageReference reference, RegistryAccess access, TransferListener listener)
            throws IOException {
        try (Workspace workspace = store.workspace()) {
            return push(new ImagePusher.Job(manifest, reference, Map.of()), workspace, access, listener);
        }
    }

    @Override
    public Digest pullArtifact(ImageReference reference, RegistryAccess access) throws IOException {
        return digest(part(Operation.ARTIFACT, reference, null, access));
    }

    @Override
    public void pullBlob(ImageReference reference, Descriptor blob, RegistryAccess access) throws IOException {
        part(Operation.BLOB, reference, blob, access);
    }

    private WorkerAnswer.Result part(
            Operation operation, ImageReference reference, @Nullable Descriptor blob, RegistryAccess access)
            throws IOException {
        try (Workspace workspace = store.workspace()) {
            return worker.run(
                    id -> new WorkerRequest(
                            id,
                            operation,
                            workspace.root().toString(),
                            reference.canonical(),
                            null,
                            null,
                            null,
                            blob,
                            null,
                            false,
                            access.environment(),
                            access.credentials()),
                    TransferListener.NONE);
        }
    }

    @Override
    public Digest resolve(ImageReference reference, RegistryAccess access) throws IOException {
        return digest(simple(Operation.RESOLVE, reference.canonical(), false, access, access.credentials()));
    }

    @Override
    public Optional<Path> login(String registry, Credentials credentials, boolean keep, RegistryAccess access)
            throws IOException {
        return Optional.ofNullable(simple(Operation.LOGIN, registry, keep, access, credentials)
                        .file())
                .map(Path::of);
    }

    @Override
    public boolean logout(String registry, RegistryAccess access) throws IOException {
        return simple(Operation.LOGOUT, registry, false, access, null).there();
    }

    private WorkerAnswer.Result simple(
            Operation operation,
            String reference,
            boolean keep,
            RegistryAccess access,
            @Nullable Credentials credentials)
            throws IOException {
        return worker.run(
                id -> new WorkerRequest(
                        id,
                        operation,
                        null,
                        reference,
                        null,
                        null,
                        null,
                        null,
                        null,
                        keep,
                        access.environment(),
                        credentials),
                TransferListener.NONE);
    }

    /** The archive goes to the worker through a pipe with a name: its input is for requests. */
    @Override
    public List<Image> load(InputStream archive) throws IOException {
        try (Workspace workspace = store.workspace()) {
            // The worker gives names of its own in the workspace: numbers.
            Path pipe = workspace.root().resolve("archive");
            linux.files().mknodat(null, pipe.toString(), Fcntl.S_IFIFO | 0600, 0, 0);
            ArchiveFeed feed = new ArchiveFeed(archive, pipe);
            feed.start();
            WorkerAnswer.Result result;
            try {
                result = worker.run(
                        id -> new WorkerRequest(
                                id,
                                Operation.LOAD,
                                workspace.root().toString(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                pipe.toString(),
                                false,
                                null,
                                null),
                        TransferListener.NONE);
            } finally {
                feed.end(linux);
            }
            List<ImageLoader.LoadedImage> loaded = new ArrayList<>();
            for (WorkerAnswer.Loaded image :
                    result.loaded() == null ? List.<WorkerAnswer.Loaded>of() : result.loaded()) {
                loaded.add(new ImageLoader.LoadedImage(image.manifest(), references(image.names())));
            }
            return store.enter(loaded);
        }
    }

    private static Digest digest(WorkerAnswer.Result result) throws IOException {
        Digest digest = result.digest();
        if (digest == null) {
            throw new IOException("the process that works on images gave no digest");
        }
        return digest;
    }

    private static List<ImageReference> references(@Nullable List<String> names) {
        return names == null
                ? List.of()
                : names.stream().map(ImageReference::parse).toList();
    }

    /** Copies the archive into the pipe, whose reader may leave early. */
    private static final class ArchiveFeed extends Thread {
        private static final int COPY_BYTES = 1 << 16;

        private final InputStream archive;
        private final Path pipe;

        ArchiveFeed(InputStream archive, Path pipe) {
            super("image-archive");
            setDaemon(true);
            this.archive = archive;
            this.pipe = pipe;
        }

        @Override
        public void run() {
            try (OutputStream out = Files.newOutputStream(pipe)) {
                byte[] chunk = new byte[COPY_BYTES];
                for (int read = archive.read(chunk); read >= 0; read = archive.read(chunk)) {
                    out.write(chunk, 0, read);
                }
            } catch (IOException e) {
                // The worker says what is wrong with what it got.
            }
        }

        /** A writer that still waits for somebody to open the other end is let go. */
        void end(Linux linux) {
            try (Fd reader = linux.files()
                    .openat(null, pipe.toString(), Fcntl.O_RDONLY | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC, 0)) {
                interrupt();
            } catch (ErrnoException e) {
                interrupt();
            }
        }
    }
}
