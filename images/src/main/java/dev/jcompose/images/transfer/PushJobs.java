package dev.jcompose.images.transfer;

import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageException;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds out what of an image may be on its registry already. */
public final class PushJobs {
    private PushJobs() {}

    /**
     * What to push of an image.
     *
     * @throws ImageException if the reference names no registry
     */
    public static ImagePusher.Job of(ImageStore store, Image image, ImageReference reference) throws IOException {
        if (reference.registry().equals(HostImage.NAME.registry())) {
            throw new ImageException(
                    "image '" + reference + "' is local (localhost/...): give it a registry's name with jcompose tag");
        }
        Map<Digest, List<String>> elsewhere = new HashMap<>();
        for (Image other : store.list()) {
            for (ImageReference known : other.repoDigests()) {
                if (known.registry().equals(reference.registry()) && !known.isSameRepository(reference)) {
                    for (Descriptor layer : store.manifest(other).layers()) {
                        elsewhere
                                .computeIfAbsent(layer.digest(), digest -> new ArrayList<>())
                                .add(known.repository());
                    }
                }
            }
        }
        return new ImagePusher.Job(store.manifestDigest(image), reference, elsewhere);
    }
}
