package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What pulls have that broke off or were killed, so that the next attempt goes on from there: whole blobs and layers
 * under a pin, and parts of blobs in {@code downloads/BOOT/HEX}. It is kept for a day and no longer than the machine
 * runs: nothing of it has been made sure to be on the disk. Thread-safe, also against other processes.
 */
public final class UnfinishedPulls {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int BOOT_DIGITS = 8;
    private static final String PIN = "pull-";
    private static final Duration KEPT = Duration.ofDays(1);

    private final Path root;
    private final Pins pins;
    private final TreeRemoval removal;
    private final String boot;

    /** @param root made when it is needed */
    UnfinishedPulls(Path root, Pins pins, TreeRemoval removal) throws IOException {
        this.root = root;
        this.pins = pins;
        this.removal = removal;
        boot = Files.readString(BOOT_ID).replace("-", "").substring(0, BOOT_DIGITS);
    }

    /**
     * From now on nothing that is there of this image is collected.
     *
     * @param layers chain ids
     * @param staging a path on the store's file system where nothing is
     */
    public void begin(Digest manifest, Set<Digest> blobs, Set<Digest> layers, Path staging) throws IOException {
        pins.put(pin(manifest), Pins.Pin.of(blobs, layers), staging);
    }

    /** The image is in the index, or will never be. */
    public void end(Digest manifest) throws IOException {
        pins.remove(pin(manifest));
    }

    private String pin(Digest manifest) {
        return PIN + boot + "-" + manifest.hex();
    }

    /** Where a blob is downloaded to; there may be the beginning of it, which nobody has verified. */
    public Path file(Digest blob) throws IOException {
        return Files.createDirectories(root.resolve(boot)).resolve(blob.hex());
    }

    /** Lets go of what is too old, and of what was there before the machine started. */
    void collect(Instant now) throws IOException {
        collect(now.minus(KEPT), boot);
    }

    /** Lets go of everything. */
    public void clear() throws IOException {
        collect(Instant.MAX, "");
    }

    private void collect(Instant before, String keptBoot) throws IOException {
        for (String name : pins.names()) {
            boolean ofThisBoot = !keptBoot.isEmpty() && name.startsWith(PIN + keptBoot + "-");
            if (name.startsWith(PIN) && (!ofThisBoot || pins.lastPut(name).isBefore(before))) {
                pins.remove(name);
            }
        }
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> boots = Files.newDirectoryStream(root)) {
            for (Path directory : boots) {
                if (!directory.getFileName().toString().equals(keptBoot)) {
                    removal.remove(directory);
                } else {
                    removeOlder(directory, before);
                }
            }
        }
    }

    private static void removeOlder(Path directory, Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
