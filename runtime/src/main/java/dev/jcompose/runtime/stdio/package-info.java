/** The standard streams of containers: FIFOs that outlive the engine, and terminals. */
@NullMarked
package dev.jcompose.runtime.stdio;

import org.jspecify.annotations.NullMarked;
