package dev.jcompose.model.node;

import org.jspecify.annotations.Nullable;

/** A value of a Compose file. Immutable, and may be part of several trees. */
public sealed interface Node permits MappingNode, SequenceNode, ScalarNode {

    /** Where the value was written. */
    SourceLocation location();

    /** How the value came to be where it is, other than by being written there; null if it was. */
    @Nullable
    String origin();

    /** What a tag asks the merge to do. */
    MergeTag tag();

    /** The same value with another origin. */
    Node withOrigin(@Nullable String origin);

    /** The same value with another merge tag. */
    Node withTag(MergeTag tag);

    /** The value without places: String, Long, Double, Boolean, null, List or Map. */
    @Nullable
    Object plain();

    /** What kind of value it is, as messages say it: {@code mapping}, {@code array}, {@code string} ... */
    String kind();

    /** True for a scalar without value. */
    default boolean isNull() {
        return this instanceof ScalarNode scalar && scalar.value() == null;
    }

    /** The text of a string, or null if it is not a string. */
    default @Nullable String text() {
        return this instanceof ScalarNode scalar && scalar.value() instanceof String text ? text : null;
    }
}
