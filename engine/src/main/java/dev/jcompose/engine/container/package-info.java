/**
 * Containers as the engine knows them: what they were made from and what they are doing. Nothing here touches the host.
 */
@NullMarked
package dev.jcompose.engine.container;

import org.jspecify.annotations.NullMarked;
