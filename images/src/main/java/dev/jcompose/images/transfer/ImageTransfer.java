package dev.jcompose.images.transfer;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.RegistryAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

    /**
     * Loads all images of an archive, see {@link dev.jcompose.images.ImageStore#load}.
     *
     * @param archive read to its end; not closed
     */
    List<Image> load(InputStream archive) throws IOException;

    /**
     * Makes sure that the store has manifest and configuration of what is no image, without its layers. The caller has
     * a workspace of the store.
     *
     * @return the digest of the manifest
     */
    Digest pullArtifact(ImageReference reference, RegistryAccess access) throws IOException;

    /** Makes sure that the store has a blob of an artifact. The caller has a workspace of the store. */
    void pullBlob(ImageReference reference, Descriptor blob, RegistryAccess access) throws IOException;

    /**
     * Uploads something that is no image, of whose parts the store has all.
     *
     * @return the digest of the manifest there
     */
    Digest pushArtifact(Digest manifest, ImageReference reference, RegistryAccess access, TransferListener listener)
            throws IOException;

    /** The digest of what the registry has under this name now; nothing is downloaded. */
    Digest resolve(ImageReference reference, RegistryAccess access) throws IOException;

    /**
     * Tries a login to a registry.
     *
     * @param keep whether it is kept where the environment says
     * @return the file in which the password can be read; empty if a credential helper keeps it
     */
    Optional<Path> login(String registry, Credentials credentials, boolean keep, RegistryAccess access)
            throws IOException;

    /** Forgets a login; says whether there was one. */
    boolean logout(String registry, RegistryAccess access) throws IOException;
}
