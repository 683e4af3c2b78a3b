package dev.jcompose.images;

import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.Temporaries;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A place on the store's file system for an image that is being made, and the promise that meanwhile nothing of the
 * store's content is collected. What is in the place is removed when this is closed. Thread-safe.
 */
public final class Workspace implements AutoCloseable {
    private final Path root;
    private final Temporaries temporaries;
    private final Ending ending;

    /** What happens at the end. */
    @FunctionalInterface
    interface Ending {
        void end(Path root) throws IOException;
    }

    /** The place of a workspace that another process has opened, and will close. */
    public static Workspace of(ContentStore content, Path root) throws IOException {
        return new Workspace(root, content.temporaries(root), any -> {});
    }

    Workspace(Path root, Temporaries temporaries, Ending ending) {
        this.root = root;
        this.temporaries = temporaries;
        this.ending = ending;
    }

    /** The place. */
    public Path root() {
        return root;
    }

    /** A new directory in it. */
    public Path directory() throws IOException {
        return temporaries.directory();
    }

    /** A path in it where nothing is. */
    public Path path() {
        return temporaries.path();
    }

    @Override
    public void close() throws IOException {
        ending.end(root);
    }
}
