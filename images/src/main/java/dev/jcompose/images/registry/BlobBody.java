package dev.jcompose.images.registry;

import java.io.IOException;
import java.io.InputStream;

/**
 * Content of a blob as it comes.
 *
 * @param startBytes where it begins: a server that cannot do otherwise begins at 0
 */
public record BlobBody(InputStream content, long startBytes) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
