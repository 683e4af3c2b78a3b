package dev.jcompose.images.transfer;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.RegistryAccess;

/**
 * What to pull.
 *
 * @param platform what to take of an image that is there for several
 */
public record PullRequest(ImageReference reference, Platform platform, RegistryAccess access) {

    /** For this machine. */
    public static PullRequest of(ImageReference reference, RegistryAccess access) {
        return new PullRequest(reference, Platform.current(), access);
    }
}
