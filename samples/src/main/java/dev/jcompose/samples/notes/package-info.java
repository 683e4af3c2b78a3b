/** The web application of {@code web-db}: a page where notes can be written and are listed. */
@NullMarked
package dev.jcompose.samples.notes;

import org.jspecify.annotations.NullMarked;
