package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * A secret or config that is granted to a service.
 *
 * @param source key of the top-level secret or config
 * @param target path in the container; null or relative: the default directory (see {@link #secretPath} and
 *     {@link #configPath})
 * @param uid owner, as text
 * @param gid group, as text
 * @param mode permission bits, null for 0444
 */
public record FileMount(
        String source,
        @Nullable String target,
        @Nullable String uid,
        @Nullable String gid,
        @Nullable Integer mode) {

    /** The absolute path of a secret: {@code /run/secrets/<source>} unless the target is absolute. */
    public String secretPath() {
        return path("/run/secrets/");
    }
    /** The absolute path of a config: {@code /<source>} unless the target is absolute. */
    public String configPath() {
        return path("/");
    }

    private String path(String directory) {
        String name = target == null || target.isEmpty() ? source : target;
        return name.startsWith("/") ? name : directory + name;
    }
}
