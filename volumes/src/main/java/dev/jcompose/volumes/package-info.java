/**
 * What containers mount besides their image: named volumes and their first filling from the image, sources of bind
 * mounts, options of tmpfs mounts. Knows nothing of containers: whether a volume is in use is the caller's business.
 */
@NullMarked
package dev.jcompose.volumes;

import org.jspecify.annotations.NullMarked;
