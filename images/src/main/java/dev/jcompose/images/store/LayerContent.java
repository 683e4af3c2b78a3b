package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of the store is made from.
 *
 * @param blob its tar file, compressed or not; only read
 * @param blobDigest of that file as it is
 * @param isVerified whether the caller has verified that digest; otherwise it is done while the blob is unpacked
 * @param diffId what the uncompressed tar file must be
 * @param unpacked the same as a directory in the form that overlayfs wants, on the store's file system; the store takes
 *     it over, and believes it. Null to unpack the blob
 */
public record LayerContent(
        Path blob,
        Digest blobDigest,
        boolean isVerified,
        Digest diffId,
        @Nullable Path unpacked) {

    /** A layer that is still to be unpacked, of a blob that has been verified. */
    public static LayerContent packed(Path blob, Digest blobDigest, Digest diffId) {
        return new LayerContent(blob, blobDigest, true, diffId, null);
    }

    /** The same of a blob that is only said to be what its digest says. */
    public static LayerContent claimed(Path blob, Digest blobDigest, Digest diffId) {
        return new LayerContent(blob, blobDigest, false, diffId, null);
    }

    /** One that is unpacked, and whose digests have been verified. */
    public static LayerContent unpacked(Path blob, Digest blobDigest, Digest diffId, Path directory) {
        return new LayerContent(blob, blobDigest, true, diffId, directory);
    }

    /** A layer that was made here. */
    public static LayerContent made(Path blob, Digest diffId, @Nullable Path unpacked) {
        return new LayerContent(blob, diffId, true, diffId, unpacked);
    }
}
