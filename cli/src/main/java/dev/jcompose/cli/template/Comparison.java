package dev.jcompose.cli.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code eq} and the others. Texts are compared with texts, numbers with numbers, truths with truths. */
final class Comparison {
    private Comparison() {}

    /** Whether the first of the values is one of the others. */
    static boolean isOneOf(List<@Nullable Object> values, Place place) {
        return values.stream().skip(1).anyMatch(value -> areEqual(values.get(0), value, place));
    }

    private static boolean areEqual(@Nullable Object left, @Nullable Object right, Place place) {
        if (left == null || right == null) {
            return left == right;
        }
        if (left instanceof Boolean && right instanceof Boolean) {
            return left.equals(right);
        }
        return compare(left, right, place) == 0;
    }

    /** Which of two is less, as {@link java.util.Comparator} has it. */
    static int compare(@Nullable Object left, @Nullable Object right, Place place) {
        if (left instanceof String text && right instanceof String other) {
            return text.compareTo(other);
        }
        if (left instanceof Number number && right instanceof Number other) {
            return isWhole(number) && isWhole(other)
                    ? Long.compare(number.longValue(), other.longValue())
                    : Double.compare(number.doubleValue(), other.doubleValue());
        }
        throw place.problem("\"%s\" and \"%s\" cannot be compared", GoText.of(left), GoText.of(right));
    }

    private static boolean isWhole(Number number) {
        return !(number instanceof Double) && !(number instanceof Float);
    }
}
