package dev.jcompose.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.yaml.YamlReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeChangeTest {
    private final Node tree = YamlReader.read("f", "{a: {b: [1, {c: 2, d: 3}]}, e: 4}", problem -> {})
            .get(0);
    private final TreeChange change = new TreeChange();

    private @Nullable Object changed() {
        Node result = change.applyTo(tree);
        return result == null ? null : result.plain();
    }

    @Test
    void withoutChangesItIsTheTreeItself() {
        assertThat(change.applyTo(tree)).isSameAs(tree);
    }

    @Test
    void valuesAreReplacedAndMembersRemovedInOnePass() {
        NodePath list = NodePath.of("a", "b");
        change.replace(list.item(0), ScalarNode.of("one", SourceLocation.NONE));
        change.remove(list.item(1).child("c"));
        change.remove(NodePath.of("e"));

        assertThat(changed()).hasToString("{a={b=[one, {d=3}]}}");
    }

    @Test
    void whatIsNotThereIsLeftAlone() {
        change.remove(NodePath.of("a", "z", "y"));
        change.replace(NodePath.of("a", "b").item(7), ScalarNode.of(1L, SourceLocation.NONE));
        change.remove(NodePath.of("e", "f"));

        assertThat(changed()).hasToString("{a={b=[1, {c=2, d=3}]}, e=4}");
    }
}
