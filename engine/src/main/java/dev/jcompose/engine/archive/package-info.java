/**
 * Files that go into and come out of containers as tar streams. The container may change its files meanwhile, and may
 * mean harm: every name is resolved by the kernel below the container's root (openat2(2), {@code RESOLVE_IN_ROOT}), and
 * what was opened is looked at before it is read.
 */
@NullMarked
package dev.jcompose.engine.archive;

import org.jspecify.annotations.NullMarked;
