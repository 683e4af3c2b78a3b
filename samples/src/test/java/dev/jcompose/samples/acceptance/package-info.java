/** What a person does with {@code ./jcompose} and the samples, and what must come of it. */
package dev.jcompose.samples.acceptance;
