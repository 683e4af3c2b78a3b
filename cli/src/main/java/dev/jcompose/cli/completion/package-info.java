/**
 * Completion of command lines in shells: scripts for bash, zsh and fish, which ask {@code jcompose __complete WORDS...}
 * each time, and its answers. Where an engine is warm it answers, so this is as fast as any command.
 */
@NullMarked
package dev.jcompose.cli.completion;

import org.jspecify.annotations.NullMarked;
