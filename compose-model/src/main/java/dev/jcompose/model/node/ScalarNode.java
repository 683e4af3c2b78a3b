package dev.jcompose.model.node;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param value String, Long, BigInteger, Double, Boolean or null
 * @param location where it was written
 * @param origin see {@link Node#origin}
 * @param tag see {@link Node#tag}
 */
public record ScalarNode(
        @Nullable Object value,
        SourceLocation location,
        @Nullable String origin,
        MergeTag tag) implements Node {

    /** A value with nothing special about it. */
    public static ScalarNode of(@Nullable Object value, SourceLocation location) {
        return new ScalarNode(value, location, null, MergeTag.NONE);
    }

    /** The same place with another value. */
    public ScalarNode withValue(@Nullable Object changed) {
        return new ScalarNode(changed, location, origin, tag);
    }

    @Override
    public ScalarNode withOrigin(@Nullable String changed) {
        return new ScalarNode(value, location, changed, tag);
    }

    @Override
    public ScalarNode withTag(MergeTag changed) {
        return new ScalarNode(value, location, origin, changed);
    }

    @Override
    public @Nullable Object plain() {
        return value;
    }

    @Override
    public String kind() {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "string";
        }
        return value instanceof Boolean
                ? "boolean"
                : value instanceof Long || value instanceof BigInteger ? "integer" : "number";
    }
}
