package dev.jcompose.model.schema;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.problem.Suggestion;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param kinds of {@code boolean}, {@code integer}, {@code null}, {@code number}, {@code string}, in the order of
 *     messages
 * @param allowed the values allowed; empty for any
 * @param pattern what a text must contain
 * @param min the least number
 * @param max the greatest number
 */
record ScalarShape(
        List<String> kinds, List<String> allowed, @Nullable Pattern pattern, double min, double max) implements Shape {

    static ScalarShape of(String... kinds) {
        return new ScalarShape(List.of(kinds), List.of(), null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    static ScalarShape oneOf(String... values) {
        return new ScalarShape(
                List.of("string"), List.of(values), null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    static ScalarShape pattern(String regex) {
        return new ScalarShape(
                List.of("string"),
                List.of(),
                Pattern.compile(regex),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY);
    }

    ScalarShape between(double least, double greatest) {
        return new ScalarShape(kinds, allowed, pattern, least, greatest);
    }

    @Override
    public void check(Node node, NodePath path, List<Violation> violations) {
        if (!fitsKind(node)) {
            violations.add(Violation.type(node, path, kinds));
            return;
        }
        Object value = ((ScalarNode) node).value();
        if (value instanceof String text) {
            text(text, node, path, violations);
        } else if (value instanceof Number number) {
            number(number.doubleValue(), node, path, violations);
        }
    }

    private void text(String text, Node node, NodePath path, List<Violation> violations) {
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            violations.add(Violation.of(node, path, "value must be one of '" + String.join("', '", allowed) + "'")
                    .withHint(Suggestion.of(text, allowed)));
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            violations.add(Violation.of(node, path, "'" + text + "' does not match pattern '" + pattern + "'"));
        }
    }

    private void number(double number, Node node, NodePath path, List<Violation> violations) {
        if (number < min) {
            violations.add(Violation.of(node, path, "must be greater than or equal to " + (long) min));
        } else if (number > max) {
            violations.add(Violation.of(node, path, "must be less than or equal to " + (long) max));
        }
    }

    @Override
    public boolean fitsKind(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return false;
        }
        if (kinds.contains(scalar.kind())) {
            return true;
        }
        return scalar.value() instanceof Double number
                ? number == Math.rint(number) && kinds.contains("integer")
                : scalar.value() instanceof Number && kinds.contains("number");
    }
}
