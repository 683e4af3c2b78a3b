/**
 * What builds of images need of the engine: from a service's {@code build} to a build, and commands run in containers
 * of their own.
 */
@NullMarked
package dev.jcompose.engine.build;

import org.jspecify.annotations.NullMarked;
