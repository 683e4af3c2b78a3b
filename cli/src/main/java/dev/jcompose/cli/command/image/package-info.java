/** What users do with images as such, and with the registries they come from: Docker's {@code image} commands. */
@NullMarked
package dev.jcompose.cli.command.image;

import org.jspecify.annotations.NullMarked;
