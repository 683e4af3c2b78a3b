package dev.jcompose.model.schema;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several shapes. If none fits, the one that fits deepest into the value is reported, the first one of equals,
 * as the reference does; a shape of the value's own kind gives the hint.
 *
 * @param shapes the alternatives
 */
record UnionShape(List<Shape> shapes) implements Shape {

    @Override
    public void check(Node node, NodePath path, List<Violation> violations) {
        List<Violation> chosen = List.of();
        List<Violation> sameKind = List.of();
        int deepest = -1;
        for (Shape shape : shapes) {
            List<Violation> found = new ArrayList<>();
            shape.check(node, path, found);
            if (found.isEmpty()) {
                return;
            }
            int depth = found.stream().mapToInt(Violation::depth).max().orElse(0);
            if (depth > deepest) {
                deepest = depth;
                chosen = found;
            }
            if (shape.fitsKind(node)) {
                sameKind = found;
            }
        }
        if (chosen != sameKind && !sameKind.isEmpty()) {
            violations.add(chosen.get(0)
                    .withHint("as " + Violation.article(node.kind()) + ": "
                            + sameKind.get(0).text()));
        } else if (sameKind.isEmpty()) {
            violations.add(chosen.get(0)
                    .withHint(
                            "this is " + Violation.article(node.kind()) + "; allowed: " + String.join(", ", kinds())));
        } else {
            violations.addAll(chosen);
        }
    }

    @Override
    public List<String> kinds() {
        return shapes.stream()
                .flatMap(shape -> shape.kinds().stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean fitsKind(Node node) {
        return shapes.stream().anyMatch(shape -> shape.fitsKind(node));
    }
}
