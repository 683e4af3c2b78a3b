package dev.jcompose.runtime.container;

/** What a container without a terminal reads on its standard input. */
public enum StandardInput {
    /** Nothing: {@code /dev/null}. */
    NONE,
    /** What anybody writes to it, from whatever engine, for as long as it runs; it never finds an end. */
    KEPT_OPEN,
    /** What the engine that started it writes to it, until that ends it or is gone. */
    ONCE
}
