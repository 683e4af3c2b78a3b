package dev.jcompose.images.build.dockerfile;

import org.jspecify.annotations.Nullable;

/** The variables that words may use. */
@FunctionalInterface
public interface Variables {
    /** The value of a variable; null if it is not set. */
    @Nullable
    String get(String name);
}
