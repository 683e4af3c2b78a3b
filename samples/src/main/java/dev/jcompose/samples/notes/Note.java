package dev.jcompose.samples.notes;

import java.time.Instant;

/**
 * What somebody wrote.
 *
 * @param text as it was written, without white space at the ends; not escaped for any format
 */
public record Note(Instant written, String text) {}
