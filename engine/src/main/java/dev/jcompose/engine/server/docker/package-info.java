/**
 * The endpoints of the Docker Engine API, so that its clients can talk to the engine.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.44/">Docker Engine API 1.44</a>
 */
@NullMarked
package dev.jcompose.engine.server.docker;

import org.jspecify.annotations.NullMarked;
