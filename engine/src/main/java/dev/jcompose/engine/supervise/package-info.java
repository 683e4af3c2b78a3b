/** What the engine does about running containers by itself: health checks and restarts. */
@NullMarked
package dev.jcompose.engine.supervise;

import org.jspecify.annotations.NullMarked;
