/**
 * What the JVM watches when the launcher makes the start-up archives: the usual commands in a process of their own, the
 * same run by an engine, and that engine, which only plays its part. Whatever is loaded here need not be read from jars
 * and verified at the next start.
 */
@NullMarked
package dev.jcompose.cli.training;

import org.jspecify.annotations.NullMarked;
