package dev.jcompose.images.transfer;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.RegistryAccess;
import java.io.IOException;

/**
 * Moves images between registries and the store. All operations block, end early when the thread is interrupted, and
 * fail with a message for the user. Thread-safe: what two pulls have in common is downloaded once.
 */
public interface ImageTransfer {

    /**
     * Makes sure that the store has what the registry has under this name now, and gives it the name.
     *
     * @throws IOException saying what was tried on which registry, and what it answered
     */
    Image pull(PullRequest request, TransferListener listener) throws IOException;

    /**
     * Uploads an image of the store to the registry that the reference names.
     *
     * @return the digest of the manifest there
     */
    Digest push(Image image, ImageReference reference, RegistryAccess access, TransferListener listener)
            throws IOException;

    /** The digest of what the registry has under this name now; nothing is downloaded. */
    Digest resolve(ImageReference reference, RegistryAccess access) throws IOException;
}
