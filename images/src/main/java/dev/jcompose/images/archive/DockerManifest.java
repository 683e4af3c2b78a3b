package dev.jcompose.images.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code manifest.json}.
 *
 * @see <a
 *     href="https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format">
 *     Docker image specification 1.2</a>
 */
record DockerManifest(
        @JsonProperty("Config") String config,
        @JsonProperty("RepoTags") List<String> repoTags,
        @JsonProperty("Layers") List<String> layers) {

    DockerManifest(
            @JsonProperty("Config") @Nullable String config,
            @JsonProperty("RepoTags") @Nullable List<String> repoTags,
            @JsonProperty("Layers") @Nullable List<String> layers) {
        if (config == null) {
            throw new IllegalArgumentException("image without 'Config'");
        }
        this.config = config;
        this.repoTags = repoTags == null ? List.of() : List.copyOf(repoTags);
        this.layers = layers == null ? List.of() : List.copyOf(layers);
    }
}
