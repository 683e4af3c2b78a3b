package dev.jcompose.images.registry;

import dev.jcompose.images.oci.Digest;

/** A manifest or index as a registry has it. */
public final class ManifestDocument {
    private final Digest digest;
    private final String mediaType;
    private final byte[] content;

    /** @param digest of the content, verified */
    public ManifestDocument(Digest digest, String mediaType, byte[] content) {
        this.digest = digest;
        this.mediaType = mediaType;
        this.content = content.clone();
    }

    /** What names the content. */
    public Digest digest() {
        return digest;
    }

    /** What the registry says that it is. */
    public String mediaType() {
        return mediaType;
    }

    /** The document itself. */
    public byte[] content() {
        return content.clone();
    }
}
