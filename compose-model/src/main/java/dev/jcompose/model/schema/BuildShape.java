package dev.jcompose.model.schema;

import static dev.jcompose.model.schema.CommonShapes.BOOLEAN;
import static dev.jcompose.model.schema.CommonShapes.EXTRA_HOSTS;
import static dev.jcompose.model.schema.CommonShapes.FILE_MOUNTS;
import static dev.jcompose.model.schema.CommonShapes.INTEGER;
import static dev.jcompose.model.schema.CommonShapes.KEY_VALUES;
import static dev.jcompose.model.schema.CommonShapes.STRING;
import static dev.jcompose.model.schema.CommonShapes.STRING_OR_STRINGS;
import static dev.jcompose.model.schema.CommonShapes.ULIMITS;
import static dev.jcompose.model.schema.CommonShapes.list;
import static dev.jcompose.model.schema.CommonShapes.union;

/**
 * The shape of {@code build}.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/build.md">Build</a>
 */
final class BuildShape {
    private BuildShape() {}

    static Shape build() {
        return union(
                STRING,
                new MappingShape()
                        .fields(STRING, "context", "dockerfile", "dockerfile_inline", "isolation", "network", "target")
                        .fields(KEY_VALUES, "additional_contexts", "args", "labels", "ssh")
                        .fields(list(STRING), "cache_from", "cache_to", "entitlements", "platforms", "tags")
                        .fields(BOOLEAN, "no_cache", "privileged", "provenance", "pull", "sbom")
                        .field("no_cache_filter", STRING_OR_STRINGS)
                        .field("extra_hosts", EXTRA_HOSTS)
                        .field("secrets", FILE_MOUNTS)
                        .field("shm_size", INTEGER)
                        .field("ulimits", ULIMITS));
    }
}
