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
                    WorkerRequest.to(Operation.PULL)
                            .in(workspace)
                            .of(request.reference())
                            .platform(request.platform())
                            .by(request.access()),
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
        return digest(worker.run(
                WorkerRequest.to(Operation.PUSH)
                        .in(workspace)
                        .of(job.reference())
                        .manifest(job.manifest(), job.elsewhere())
                        .by(access),
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
        try (Workspace workspace = store.workspace()) {
            return digest(run(WorkerRequest.to(Operation.ARTIFACT)
                    .in(workspace)
                    .of(reference)
                    .by(access)));
        }
    }

    @Override
    public void pullBlob(ImageReference reference, Descriptor blob, RegistryAccess access) throws IOException {
        try (Workspace workspace = store.workspace()) {
            run(WorkerRequest.to(Operation.BLOB)
                    .in(workspace)
                    .of(reference)
                    .blob(blob)
                    .by(access));
        }
    }

    @Override
    public Digest resolve(ImageReference reference, RegistryAccess access) throws IOException {
        return digest(run(WorkerRequest.to(Operation.RESOLVE).of(reference).by(access)));
    }

    @Override
    public Optional<Path> login(String registry, Credentials credentials, boolean keep, RegistryAccess access)
            throws IOException {
        return Optional.ofNullable(run(WorkerRequest.to(Operation.LOGIN)
                                .of(registry)
                                .keep(keep)
                                .by(access.with(credentials)))
                        .file())
                .map(Path::of);
    }

    @Override
    public boolean logout(String registry, RegistryAccess access) throws IOException {
        return run(WorkerRequest.to(Operation.LOGOUT).of(registry).by(RegistryAccess.of(access.environment())))
                .there();
    }

    private WorkerAnswer.Result run(RequestDraft request) throws IOException {
        return worker.run(request, TransferListener.NONE);
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
                result = run(WorkerRequest.to(Operation.LOAD).in(workspace).archive(pipe));
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
