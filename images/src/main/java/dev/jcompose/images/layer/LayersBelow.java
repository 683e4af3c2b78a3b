package dev.jcompose.images.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The layers under one that is being unpacked. They are asked for when something in the layer depends on them, which in
 * most layers nothing does: so that layers can be unpacked side by side.
 */
@FunctionalInterface
public interface LayersBelow {
    /** Of the lowest layer. */
    LayersBelow NONE = List::of;

    /**
     * Their directories, bottom first; returns when they are complete.
     *
     * @throws IOException if one of them could not be unpacked
     */
    List<Path> directories() throws IOException;
}
