/** What is wrong with a Compose file, and where: collected by the loading stages, thrown together. */
@NullMarked
package dev.jcompose.model.problem;

import org.jspecify.annotations.NullMarked;
