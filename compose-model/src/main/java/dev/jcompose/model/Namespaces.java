package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * Which namespaces a service shares. Null is a private one.
 *
 * @param network {@code network_mode}: {@code none}, {@code host}, {@code service:x}, {@code container:x} ...
 * @param ipc {@code shareable}, {@code host}, {@code private}, {@code none}, {@code service:x}, {@code container:x}
 * @param pid {@code host}, {@code service:x}, {@code container:x}
 * @param uts {@code host}
 * @param user {@code userns_mode}
 * @param cgroup {@code host} or {@code private}
 */
public record Namespaces(
        @Nullable String network,
        @Nullable String ipc,
        @Nullable String pid,
        @Nullable String uts,
        @Nullable String user,
        @Nullable String cgroup) {

    /** All private. */
    public static final Namespaces PRIVATE = new Namespaces(null, null, null, null, null, null);
}
