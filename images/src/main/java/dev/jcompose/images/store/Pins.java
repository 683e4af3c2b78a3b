package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Content that is kept though no image needs it, such as a build cache: {@code pins/NAME.json}.
 *
 * <p>Thread-safe as far as each name has one owner.
 */
public final class Pins {
    private static final String SUFFIX = ".json";

    private final Path root;
    private final OciJson json;

    /**
     * Content that is kept.
     *
     * @param layers chain ids
     */
    public record Pin(int version, Set<Digest> blobs, Set<Digest> layers) {
        static final int VERSION = 1;

        public Pin {
            blobs = Set.copyOf(blobs);
            layers = Set.copyOf(layers);
        }

        /** With the version of today. */
        public static Pin of(Set<Digest> blobs, Set<Digest> layers) {
            return new Pin(VERSION, blobs, layers);
        }
    }

    /** @param root made if it is not there */
    public Pins(Path root, OciJson json) throws IOException {
        this.root = root;
        this.json = json;
        Files.createDirectories(root);
    }

    /** Keeps this content until the name is removed; what the name kept before is let go. */
    public void put(String name, Pin pin) throws IOException {
        StoreFile.replace(file(name), json.write(pin));
    }

    /**
     * The same under a name that has several owners, who keep the same under it.
     *
     * @param staging a path on the store's file system where nothing is
     */
    void put(String name, Pin pin, Path staging) throws IOException {
        StoreFile.replace(file(name), json.write(pin), staging);
    }

    /** When the name was put last; long ago if it is not there. */
    Instant lastPut(String name) throws IOException {
        try {
            return Files.getLastModifiedTime(file(name)).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MIN;
        }
    }

    /** Lets go of what the name keeps; nothing is fine. */
    public void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** The names. */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(root)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
        }
        return names;
    }

    /** What is kept, by all names together. */
    public List<Pin> all() throws IOException {
        List<Pin> pins = new ArrayList<>();
        for (String name : names()) {
            pins.add(get(name));
        }
        return pins;
    }

    /** What a name keeps; nothing if it is not there. */
    public Pin get(String name) throws IOException {
        Path file = file(name);
        return Files.exists(file)
                ? json.read(Files.readAllBytes(file), Pin.class, "'" + file + "'")
                : Pin.of(Set.of(), Set.of());
    }

    private Path file(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("'" + name + "' is not a name for a file");
        }
        return root.resolve(name + SUFFIX);
    }
}
