package dev.jcompose.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Manifests of one image for several platforms, or of all images in an OCI layout.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image index</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Index(int schemaVersion, String mediaType, List<Descriptor> manifests) {

    /** Fields may be missing in the document. */
    public Index(int schemaVersion, @Nullable String mediaType, @Nullable List<Descriptor> manifests) {
        this.schemaVersion = schemaVersion;
        this.mediaType = mediaType == null ? MediaType.OCI_INDEX : mediaType;
        this.manifests = manifests == null ? List.of() : List.copyOf(manifests);
    }
}
