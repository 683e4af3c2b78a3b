package dev.jcompose.images;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an image is called.
 *
 * @param names with a tag
 * @param repoDigests with a digest and no tag
 * @param lastTagged the epoch if unknown
 */
public record ImageNames(List<ImageReference> names, List<ImageReference> repoDigests, Instant lastTagged) {
    /** No name at all. */
    public static final ImageNames NONE = new ImageNames(List.of(), List.of(), Instant.EPOCH);

    public ImageNames {
        names = List.copyOf(names);
        repoDigests = List.copyOf(repoDigests);
    }

    static ImageNames of(Image image) {
        return new ImageNames(image.names(), image.repoDigests(), image.lastTagged());
    }

    boolean isEmpty() {
        return names.isEmpty() && repoDigests.isEmpty();
    }

    /** These and the others; the later time. */
    ImageNames and(ImageNames more) {
        return new ImageNames(
                both(names, more.names),
                both(repoDigests, more.repoDigests),
                lastTagged.isAfter(more.lastTagged) ? lastTagged : more.lastTagged);
    }

    /** Without a tag; the digests of its repository go with its last tag. */
    ImageNames without(ImageReference name) {
        List<ImageReference> rest = new ArrayList<>(names);
        rest.remove(name);
        boolean last = rest.stream().noneMatch(other -> other.isSameRepository(name));
        List<ImageReference> digests = repoDigests.stream()
                .filter(digest -> !digest.equals(name) && !(last && digest.isSameRepository(name)))
                .toList();
        return new ImageNames(rest, digests, lastTagged);
    }

    /** Without a tag that went to another image: what the registry called this one stays true. */
    ImageNames passingOn(ImageReference name) {
        List<ImageReference> rest = new ArrayList<>(names);
        rest.remove(name);
        return new ImageNames(rest, repoDigests, lastTagged);
    }

    private static List<ImageReference> both(List<ImageReference> some, List<ImageReference> more) {
        Set<ImageReference> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
