/**
 * Containers as {@code docker inspect} shows them: everything that is known, under Docker's names. Values only; nothing
 * here looks at the kernel or the disk.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.44/#tag/Container/operation/ContainerInspect">the
 *     members</a>
 */
@NullMarked
package dev.jcompose.engine.inspect;

import org.jspecify.annotations.NullMarked;
