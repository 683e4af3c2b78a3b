package dev.jcompose.images;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An image that is unpacked on this machine.
 *
 * @param id digest of its configuration, {@code sha256:} and 64 hexadecimal digits
 * @param names all names that it has here; none for an image whose name went to another one
 * @param repoDigests what registries call it: references with a digest and no tag
 * @param layers directories for overlayfs, bottom first. One that is {@code /} is the host's root file system
 *     ({@link HostImage})
 * @param sizeBytes sum of the sizes of the files in all layers
 * @param lastTagged when a name was given to it last, pulling included; the epoch if unknown
 */
public record Image(
        String id,
        List<ImageReference> names,
        List<ImageReference> repoDigests,
        ImageConfig config,
        List<Path> layers,
        long sizeBytes,
        Instant created,
        Instant lastTagged) {

    public Image {
        requireNonNull(id, "id");
        names = List.copyOf(names);
        repoDigests = List.copyOf(repoDigests);
        requireNonNull(config, "config");
        layers = List.copyOf(layers);
        requireNonNull(created, "created");
        requireNonNull(lastTagged, "lastTagged");
    }

    /** Whether it is on this machine's own root file system, and cannot leave it. */
    public boolean isOnHost() {
        return !layers.isEmpty() && layers.get(0).equals(Path.of("/"));
    }

    /** With other layers below its own. */
    Image on(List<Path> below) {
        List<Path> all = new ArrayList<>(below);
        all.addAll(layers);
        return new Image(id, names, repoDigests, config, all, sizeBytes, created, lastTagged);
    }

    /** The twelve digits of the id that Docker prints. */
    public String shortId() {
        int start = id.indexOf(':') + 1;
        return id.substring(start, Math.min(id.length(), start + 12));
    }
}
