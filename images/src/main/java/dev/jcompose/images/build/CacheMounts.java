package dev.jcompose.images.build;

import dev.jcompose.images.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The directories of {@code RUN --mount=type=cache}: they outlive builds and are in no image. Thread-safe.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mounttypecache">--mount=type=cache</a>
 */
public final class CacheMounts {
    private final Path root;
    private final Map<Path, Integer> users = new HashMap<>();

    /** @param root made if it is not there */
    public CacheMounts(Path root) throws IOException {
        this.root = Files.createDirectories(root);
    }

    /** A directory that is in use until this is closed. */
    public final class Use implements AutoCloseable {
        private final Path directory;
        private final boolean isNew;

        private Use(Path directory, boolean isNew) {
            this.directory = directory;
            this.isNew = isNew;
        }

        Path directory() {
            return directory;
        }

        /** Whether nothing has ever been in it. */
        boolean isNew() {
            return isNew;
        }

        @Override
        public void close() {
            release(directory);
        }
    }

    /**
     * Takes a directory.
     *
     * @param sharing {@code shared}: with others; {@code locked}: waits until nobody has it; {@code private}: another
     *     one if somebody has it
     */
    synchronized Use use(String id, String sharing) throws IOException, InterruptedException {
        String hex = Digest.ofText(id).hex();
        Path directory = root.resolve(hex);
        if (sharing.equals("locked")) {
            while (users.containsKey(directory)) {
                wait();
            }
        } else if (sharing.equals("private")) {
            for (int i = 1; users.containsKey(directory); i++) {
                directory = root.resolve(hex + "-" + i);
            }
        }
        users.merge(directory, 1, Integer::sum);
        try {
            boolean isNew = !Files.isDirectory(directory);
            Files.createDirectories(directory);
            return new Use(directory, isNew);
        } catch (IOException e) {
            release(directory);
            throw e;
        }
    }

    private synchronized void release(Path directory) {
        users.computeIfPresent(directory, (path, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }
}
