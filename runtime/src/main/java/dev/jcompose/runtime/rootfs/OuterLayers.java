package dev.jcompose.runtime.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Overlayfs refuses a lower directory that lies inside another one on the same file system ({@code ELOOP}), as a layer
 * in the store does when the host's {@code /} is a layer too. It accepts an upper directory inside a lower one.
 */
final class OuterLayers {
    private OuterLayers() {}

    /**
     * Those of {@code layers} that have another one inside, on the same file system.
     *
     * @throws IOException if a layer is not there
     */
    static Set<Path> of(List<Path> layers) throws IOException {
        if (layers.size() == 1) {
            return Set.of();
        }
        List<Path> real = new ArrayList<>();
        for (Path layer : layers) {
            real.add(layer.toRealPath());
        }
        Set<Path> outer = new HashSet<>();
        for (int i = 0; i < real.size(); i++) {
            if (isOuter(real.get(i), real)) {
                outer.add(layers.get(i));
            }
        }
        return outer;
    }

    private static boolean isOuter(Path layer, List<Path> all) throws IOException {
        for (Path other : all) {
            if (other.startsWith(layer) && !other.equals(layer) && device(other).equals(device(layer))) {
                return true;
            }
        }
        return false;
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }
}
