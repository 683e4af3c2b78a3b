/** Turns every short form of a merged model into the long form, so that the stages after it know one form only. */
@NullMarked
package dev.jcompose.model.canonical;

import org.jspecify.annotations.NullMarked;
