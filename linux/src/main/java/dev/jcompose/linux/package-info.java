/**
 * The kernel, as one thin layer: each method is one system call, named as in the man pages, with its errno turned into
 * {@link dev.jcompose.linux.ErrnoException}. It holds no policy, and it is the only package that touches native code.
 */
@NullMarked
package dev.jcompose.linux;

import org.jspecify.annotations.NullMarked;
