package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * Windows only; accepted and ignored.
 *
 * @param config a config's name
 * @param file a file
 * @param registry a registry key
 */
public record CredentialSpec(
        @Nullable String config,
        @Nullable String file,
        @Nullable String registry) {}
