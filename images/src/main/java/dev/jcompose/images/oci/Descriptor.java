package dev.jcompose.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says where content is and what it is.
 *
 * @param mediaType one of {@link MediaType}, or another
 * @param size in bytes
 * @param annotations free text by key; {@code org.opencontainers.image.ref.name} holds a tag in an OCI layout
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">OCI descriptor</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Descriptor(
        String mediaType,
        Digest digest,
        @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @Nullable Platform platform,
        Map<String, String> annotations) {

    /** A document without a digest is refused; the other fields may be missing. */
    public Descriptor(
            @Nullable String mediaType,
            @Nullable Digest digest,
            long size,
            @Nullable Platform platform,
            @Nullable Map<String, String> annotations) {
        if (digest == null) {
            throw new IllegalArgumentException("descriptor without a digest");
        }
        this.mediaType = mediaType == null ? "" : mediaType;
        this.digest = digest;
        this.size = size;
        this.platform = platform;
        this.annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }

    /** Without platform and annotations. */
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, null, Map.of());
    }
}
