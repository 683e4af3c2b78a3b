/**
 * The JSON documents of the OCI image specification, and Docker's variants of them, as records; digests and media
 * types.
 */
@NullMarked
package dev.jcompose.images.oci;

import org.jspecify.annotations.NullMarked;
