package dev.jcompose.images.build;

import dev.jcompose.images.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a stage has become, or an image that one begins with.
 *
 * @param host the layers of this machine's own root file system below the others; empty if it is not on them
 * @param layers bottom first
 * @param config not to be changed
 * @param args the build arguments that its instructions see
 */
record Stage(List<Path> host, List<Layer> layers, ConfigDraft config, Map<String, String> args) {
    Stage {
        host = List.copyOf(host);
        layers = List.copyOf(layers);
        args = Map.copyOf(args);
    }

    /** The directories of all layers, bottom first. */
    List<Path> directories() {
        List<Path> all = new ArrayList<>(host);
        layers.forEach(layer -> all.add(layer.stored().directory()));
        return all;
    }

    /** Names the file tree. */
    String tree() {
        String below = host.isEmpty() ? "" : "host " + host.get(host.size() - 1).getFileName() + " ";
        return layers.isEmpty()
                ? below + "scratch"
                : below + layers.get(layers.size() - 1).stored().chainId();
    }

    /** With one more layer. */
    Stage with(Layer layer) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(layer);
        return new Stage(host, more, config, args);
    }
}
