/**
 * The values of the API as bytes: what client and server both have to agree on, each pair of writer and reader
 * together.
 */
@NullMarked
package dev.jcompose.engine.wire;

import org.jspecify.annotations.NullMarked;
