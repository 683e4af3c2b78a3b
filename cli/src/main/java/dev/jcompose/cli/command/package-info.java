/**
 * The commands, a class each; those of images, networks and volumes are in packages of their own. picocli fills their
 * fields; all else comes with the {@link dev.jcompose.cli.session.Session}.
 */
@NullMarked
package dev.jcompose.cli.command;

import org.jspecify.annotations.NullMarked;
