package dev.jcompose.model.node;

/** What {@code !reset} and {@code !override} ask the merge to do with a value. */
public enum MergeTag {
    /** Merge by the rules. */
    NONE,
    /** Remove what is there so far, and this value too. */
    RESET,
    /** Take the place of what is there so far. */
    OVERRIDE
}
