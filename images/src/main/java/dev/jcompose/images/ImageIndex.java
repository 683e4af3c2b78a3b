package dev.jcompose.images;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.images.store.IndexFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which images a store has and what they are called: {@code index.json}, and the same in memory. A name belongs to one
 * image. What an image is made of is elsewhere and there before its entry. Thread-safe.
 */
final class ImageIndex {
    private static final Logger log = LoggerFactory.getLogger(ImageIndex.class);

    private final Path file;
    private final ContentStore content;
    private final Clock clock;

    /** By image id; replaced as a whole, by whoever has the lock of this. */
    private volatile Map<String, StoredImage> images = Map.of();

    /** @param clock says when names were given */
    ImageIndex(Path file, ContentStore content, Clock clock) {
        this.file = file;
        this.content = content;
        this.clock = clock;
    }

    /** Reads the file; an entry whose content is damaged is left out, and the log says so. */
    synchronized void read() throws IOException {
        Map<String, StoredImage> read = new LinkedHashMap<>();
        for (IndexFile.Entry entry : IndexFile.read(file, content.json()).images()) {
            try {
                StoredImage stored = StoredImage.read(entry, content);
                read.put(stored.image().id(), stored);
            } catch (IOException | IllegalArgumentException e) {
                log.warn("image {} is damaged and no longer used: {}", entry.names(), e.getMessage());
            }
        }
        images = Map.copyOf(read);
    }

    Collection<StoredImage> all() {
        return images.values();
    }

    /** The image of exactly this id. */
    Optional<StoredImage> find(String id) {
        return Optional.ofNullable(images.get(id));
    }

    /** The image of this name. With a digest, that image and no other. */
    Optional<StoredImage> find(ImageReference reference) {
        return images.values().stream()
                .filter(stored -> stored.isCalled(reference))
                .findFirst();
    }

    /**
     * The image of this id.
     *
     * @throws ImageException if there is none, or it is {@code localhost/host}
     */
    StoredImage get(Image image) throws ImageException {
        StoredImage stored = images.get(image.id());
        if (stored == null) {
            throw new ImageException(
                    image.names().contains(HostImage.NAME)
                            ? "image '" + HostImage.NAME + "' is built in and has no manifest"
                            : "no such image: " + image.id());
        }
        return stored;
    }

    /** Enters an image whose content is there and on the disk. */
    synchronized StoredImage enter(
            Digest manifest, List<ImageReference> names, List<ImageReference> repoDigests, boolean onHost)
            throws IOException {
        for (ImageReference name : names) {
            refuseHost(name);
        }
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        names.forEach(name -> passOn(next, name));
        StoredImage entered = StoredImage.read(manifest, new ImageNames(names, repoDigests, now()), onHost, content);
        StoredImage there = next.get(entered.image().id());
        if (there != null) {
            // Of two manifests of one configuration, the one that a registry knows serves better.
            StoredImage kept = repoDigests.isEmpty() ? there : entered;
            entered = kept.withNames(ImageNames.of(there.image()).and(ImageNames.of(entered.image())));
        }
        next.put(entered.image().id(), entered);
        replace(next);
        return entered;
    }

    /** Gives an image one more name; another that has it loses it. */
    synchronized void tag(String id, ImageReference name) throws IOException {
        refuseHost(name);
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        passOn(next, name);
        change(next, id, names -> names.and(new ImageNames(List.of(name), List.of(), now())));
    }

    /** Notes what a registry calls an image. */
    synchronized void addRepoDigest(String id, ImageReference reference) throws IOException {
        change(
                new LinkedHashMap<>(images),
                id,
                names -> names.and(new ImageNames(List.of(), List.of(reference), Instant.EPOCH)));
    }

    /** Takes a name from an image, which stays even if that was its last one. */
    synchronized void detach(String id, ImageReference name) throws IOException {
        refuseHost(name);
        change(new LinkedHashMap<>(images), id, names -> names.without(name));
    }

    /** Takes a name away; an image that has no other is removed. */
    synchronized void untag(ImageReference name) throws IOException {
        refuseHost(name);
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        for (StoredImage stored : images.values()) {
            Image image = stored.image();
            if (image.names().contains(name) || image.repoDigests().contains(name)) {
                ImageNames rest = ImageNames.of(image).without(name);
                if (rest.isEmpty()) {
                    next.remove(image.id());
                } else {
                    next.put(image.id(), stored.withNames(rest));
                }
            }
        }
        replace(next);
    }

    /** Removes an image with all of its names; nothing there is fine. */
    synchronized void remove(String id) throws IOException {
        Map<String, StoredImage> next = new LinkedHashMap<>(images);
        next.remove(id);
        replace(next);
    }

    private void change(Map<String, StoredImage> next, String id, UnaryOperator<ImageNames> change) throws IOException {
        StoredImage stored = next.get(id);
        if (stored == null) {
            throw new ImageException("no such image: " + id);
        }
        next.put(id, stored.withNames(change.apply(ImageNames.of(stored.image()))));
        replace(next);
    }

    /** Takes a name from whichever image has it. */
    private static void passOn(Map<String, StoredImage> images, ImageReference name) {
        images.replaceAll((id, stored) -> stored.image().names().contains(name)
                ? stored.withNames(ImageNames.of(stored.image()).passingOn(name))
                : stored);
    }

    private void replace(Map<String, StoredImage> next) throws IOException {
        content.failpoint().reached("the index is to be written");
        IndexFile.of(next.values().stream().map(StoredImage::entry).toList()).write(file, content.json());
        images = Map.copyOf(next);
        content.failpoint().reached("the index is written");
    }

    private static void refuseHost(ImageReference name) throws ImageException {
        if (name.equals(HostImage.NAME)) {
            throw new ImageException("image '" + name + "' is built in and cannot be changed");
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
