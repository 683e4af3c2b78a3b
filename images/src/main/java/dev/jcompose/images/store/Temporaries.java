package dev.jcompose.images.store;

import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Directories for what is being made, on the store's file system. Whatever is there on a start was left by a crash. */
public final class Temporaries {
    private final Path root;
    private final TreeRemoval removal;
    private final AtomicLong count = new AtomicLong();

    /** @param root made if it is not there */
    public Temporaries(Path root, TreeRemoval removal) throws IOException {
        this.root = root;
        this.removal = removal;
        Files.createDirectories(root);
    }

    /** Removes everything. */
    public void clear() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(root)) {
            for (Path path : left) {
                removal.remove(path);
            }
        }
    }

    /** A path that nothing else has. */
    public Path path() {
        return root.resolve(Long.toString(count.incrementAndGet()));
    }

    /** A new directory. */
    public Path directory() throws IOException {
        return Files.createDirectory(path());
    }

    /** Removes a tree; nothing there is fine. */
    public void remove(Path path) throws IOException {
        removal.remove(path);
    }
}
