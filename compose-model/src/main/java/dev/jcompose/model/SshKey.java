package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * An SSH agent or key for a build.
 *
 * @param id {@code default} or a name
 * @param path absolute path of a key or socket; null for the agent
 */
public record SshKey(String id, @Nullable String path) {}
