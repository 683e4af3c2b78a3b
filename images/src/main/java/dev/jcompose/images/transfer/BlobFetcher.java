package dev.jcompose.images.transfer;

import dev.jcompose.images.Workspace;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.RegistryClient;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.KeyedLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Downloads blobs that the store has not; what several want at once is downloaded once. Thread-safe. */
final class BlobFetcher {
    private final ContentStore content;
    private final KeyedLocks<Digest> downloads = new KeyedLocks<>();

    BlobFetcher(ContentStore content) {
        this.content = content;
    }

    /** Makes sure that the store has a blob. */
    Descriptor fetch(Descriptor blob, List<RegistryClient> sources, Workspace workspace, Progress progress)
            throws IOException {
        return downloads.with(blob.digest(), () -> {
            if (!content.blobs().has(blob.digest())) {
                download(blob, sources, workspace, progress);
            }
            progress.layer(blob.digest(), TransferEvent.Action.DOWNLOADED);
            return blob;
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
}
