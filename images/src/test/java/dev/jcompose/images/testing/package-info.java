/** Makes layers and images for tests, good ones and bad ones. */
@NullMarked
package dev.jcompose.images.testing;

import org.jspecify.annotations.NullMarked;
