package dev.jcompose.images.build.cache;

import dev.jcompose.images.ImageReference;
import java.nio.file.Path;

/** Where a cache is that others can read. */
public sealed interface CacheLocation {
    /** In a registry. */
    record InRegistry(ImageReference reference) implements CacheLocation {
        @Override
        public String toString() {
            return reference.toString();
        }
    }

    /** In a directory, as an OCI layout. */
    record InDirectory(Path directory) implements CacheLocation {
        @Override
        public String toString() {
            return directory.toString();
        }
    }
}
