package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * A host device in the container.
 *
 * @param source path on the host, or a CDI name {@code vendor/class=name}
 * @param target path in the container; empty for a CDI device
 * @param permissions of {@code rwm}
 */
public record DeviceMapping(
        String source, @Nullable String target, @Nullable String permissions) {}
