package dev.jcompose.images.layer;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layers below as one tree, opened when it is first looked at. Used by one thread. */
final class LowerStack implements AutoCloseable {
    private final Linux linux;
    private final LayersBelow below;
    private @Nullable LayerStack opened;
    private boolean asked;

    LowerStack(Linux linux, LayersBelow below) {
        this.linux = linux;
        this.below = below;
    }

    /** Null if there is nothing below. */
    @Nullable
    LayerStack get() throws IOException {
        if (!asked) {
            List<Path> directories = below.directories();
            opened = directories.isEmpty() ? null : new LayerStack(linux, directories);
            asked = true;
        }
        return opened;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
