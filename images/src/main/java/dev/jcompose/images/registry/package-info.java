/**
 * Talks to image registries over HTTP: finds out where a registry is and how to get in, and moves manifests and blobs.
 * Knows nothing of the store.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution</a>
 */
@NullMarked
package dev.jcompose.images.registry;

import org.jspecify.annotations.NullMarked;
