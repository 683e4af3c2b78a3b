package dev.jcompose.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One image: its configuration and its layers, bottom first.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI manifest</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Manifest(
        int schemaVersion,
        String mediaType,
        Descriptor config,
        List<Descriptor> layers,
        Map<String, String> annotations) {

    /** A document without a configuration is refused; the other fields may be missing. */
    public Manifest(
            int schemaVersion,
            @Nullable String mediaType,
            @Nullable Descriptor config,
            @Nullable List<Descriptor> layers,
            @Nullable Map<String, String> annotations) {
        if (config == null) {
            throw new IllegalArgumentException("manifest without a config");
        }
        this.schemaVersion = schemaVersion;
        this.mediaType = mediaType == null ? MediaType.OCI_MANIFEST : mediaType;
        this.config = config;
        this.layers = layers == null ? List.of() : List.copyOf(layers);
        this.annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }

    /** An OCI manifest. */
    public static Manifest of(Descriptor config, List<Descriptor> layers) {
        return new Manifest(2, MediaType.OCI_MANIFEST, config, layers, Map.of());
    }
}
