package dev.jcompose.images;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.store.StoredLayer;

/**
 * A layer of an image.
 *
 * @param stored what overlayfs mounts
 * @param blob its tar file as registries have it; the store's blobs hold the content
 */
public record Layer(StoredLayer stored, Descriptor blob) {}
