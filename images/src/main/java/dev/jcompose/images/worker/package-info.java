/**
 * A process beside the engine that does what is heavy about images: TLS, decompression, hashing, unpacking. The engine
 * starts it when there is such work and it ends soon after, so that the engine itself stays small, and need not be
 * compiled for speed: without the JVM's optimizing compiler, SHA-256 and AES run at a tenth of what they can.
 *
 * <p>The two speak in lines of JSON over the worker's standard input and output. The worker adds content to the store;
 * what belongs to an image is said by the index, which is the engine's.
 */
@NullMarked
package dev.jcompose.images.worker;

import org.jspecify.annotations.NullMarked;
