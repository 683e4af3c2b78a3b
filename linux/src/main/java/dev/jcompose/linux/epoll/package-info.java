/**
 * One thread that waits for many descriptors at once: container output, exits, and whatever else epoll(7) can watch.
 */
@NullMarked
package dev.jcompose.linux.epoll;

import org.jspecify.annotations.NullMarked;
