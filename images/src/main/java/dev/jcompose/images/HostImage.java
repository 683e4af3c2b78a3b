package dev.jcompose.images;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.store.Temporaries;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code localhost/host}: this machine's own root file system, without what is private to it, as an image that needs no
 * registry. Its layers are {@code /} and a mask on top of it ({@link HostMask}).
 *
 * <p>Overlayfs refuses {@code /} as a lower layer of anything that is on the same file system (ELOOP, "overlapping
 * lowerdir path"). It accepts it inside a read-only overlay of its own: mount {@code lowerdir=EMPTY:/} on some
 * directory, EMPTY being on a tmpfs, and use that directory in place of {@code /}. If {@code /} is itself an overlay,
 * it is accepted directly, and must be, since overlays nest only twice.
 */
public final class HostImage {
    /** The name. */
    public static final ImageReference NAME = ImageReference.parse("localhost/host");

    /** How many layers it has: the root file system, and the mask on it. */
    public static final int LAYERS = 2;

    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Where programs are; other file systems mounted there belong to the system, elsewhere to somebody. */
    private static final Set<String> SYSTEM =
            Set.of("usr", "opt", "nix", "gnu", "bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private final HostMask mask;
    private final Image image;

    HostImage(Linux linux, Path directory, Temporaries temporaries, List<Path> hidden) throws IOException {
        mask = new HostMask(linux, Path.of("/"), directory, temporaries, hidden);
        Platform platform = Platform.current();
        ImageConfig config = new ImageConfig(
                List.of(),
                List.of("sh"),
                List.of(PATH),
                "",
                "",
                Set.of(),
                Set.of(),
                Map.of(),
                null,
                null,
                platform.architecture(),
                platform.os());
        image = new Image(
                Digest.ofText(NAME.canonical() + " " + config).toString(),
                List.of(NAME),
                List.of(),
                config,
                List.of(Path.of("/")),
                0,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    String id() {
        return image.id();
    }

    ImageConfig config() {
        return image.config();
    }

    /** The image as of now; makes the mask the first time, and again when users or secrets of the host have changed. */
    Image image() throws IOException {
        return new Image(
                image.id(),
                image.names(),
                image.repoDigests(),
                image.config(),
                List.of(Path.of("/"), mask.directory()),
                image.sizeBytes(),
                image.created(),
                image.lastTagged());
    }

    /**
     * Directories with a system's programs that are on file systems of their own: a layer does not show them, so a
     * container needs them as read-only bind mounts. Mostly none.
     */
    public List<Path> mountsBelow() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/thread-self/mountinfo"), StandardCharsets.ISO_8859_1)) {
            String point = unescape(line.split(" ")[4]);
            int end = point.indexOf('/', 1);
            String top = point.substring(1, end < 0 ? point.length() : end);
            if (SYSTEM.contains(top) && !mask.hidesAnyOf(Path.of(point)) && !found.contains(Path.of(point))) {
                found.add(Path.of(point));
            }
        }
        return found;
    }

    /** The kernel writes space, tab, newline and backslash in octal. */
    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
