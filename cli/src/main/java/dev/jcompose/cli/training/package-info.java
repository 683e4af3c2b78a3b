/**
 * What the JVM watches when the launcher makes a start-up archive: the usual commands, talking to an engine that only
 * plays its part. Whatever is loaded here need not be read from jars and verified at the next start.
 */
@NullMarked
package dev.jcompose.cli.training;

import org.jspecify.annotations.NullMarked;
