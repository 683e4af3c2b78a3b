package dev.jcompose.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.MergeTag;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

    private static MappingNode read(String text) {
        List<Node> documents = YamlReader.read("f.yaml", text);
        assertThat(documents).hasSize(1);
        return (MappingNode) documents.get(0);
    }

    private static Node value(MappingNode mapping, String key) {
        return Objects.requireNonNull(mapping.get(key));
    }

    @Test
    void knowsWhereKeysAndValuesAre() {
        MappingNode file = read("a: 1\nb:\n  c: [x, y]\n");

        assertThat(value(file, "a").location()).isEqualTo(new SourceLocation("f.yaml", 1, 4));
        assertThat(Objects.requireNonNull(file.mapping("b")).keyLocation("c")).hasToString("f.yaml:3:3");
    }

    @Test
    void duplicateKeyNamesBothLines() {
        assertThatThrownBy(() -> read("a: 1\nb: 2\na: 3\n"))
                .isInstanceOf(ComposeFileException.class)
                .hasMessage("f.yaml:3:1: a: line 3: mapping key \"a\" already defined at line 1");
    }

    @Test
    void keyMustBeText() {
        assertThatThrownBy(() -> read("services:\n  1: {}\n"))
                .hasMessageContaining("f.yaml:2:3: ")
                .hasMessageContaining("non-string key in services: 1");
        assertThatThrownBy(() -> read("? [a]\n: 1\n")).hasMessageContaining("non-string key at top level");
    }

    @Test
    void aliasKeepsThePlaceOfItsAnchorAndTellsItsOwn() {
        Node alias = value(read("a: &x 5\nb: *x\n"), "b");

        assertThat(alias.plain()).isEqualTo(5L);
        assertThat(alias.location().line()).isEqualTo(1);
        assertThat(alias.origin()).isEqualTo("through the alias *x at f.yaml:2:4");
    }

    @Test
    void mergeKeysAreShallowAndTheFirstSourceWins() {
        MappingNode file = read("""
                x: &x {a: 1, env: {A: 1}}
                y: &y {a: 2, b: 2}
                z:
                  <<: [*x, *y]
                  env: {B: 2}
                """);

        assertThat(value(file, "z").plain()).hasToString("{env={B=2}, a=1, b=2}");
    }

    @Test
    void quotedMergeKeyIsAKey() {
        assertThat(read("\"<<\": {a: 1}").keys()).containsExactly("<<");
    }

    @Test
    void mergeNeedsAMapping() {
        assertThatThrownBy(() -> read("a: &a 1\nb: {<<: *a}\n"))
                .hasMessageContaining("map merge requires map or sequence of maps");
    }

    @Test
    void tagsOfTheMergeAreKept() {
        MappingNode file = read("a: !reset null\nb: !override [1]\nc: !custom 5\n");

        assertThat(value(file, "a").tag()).isEqualTo(MergeTag.RESET);
        assertThat(value(file, "b").tag()).isEqualTo(MergeTag.OVERRIDE);
        assertThat(value(file, "c").plain()).isEqualTo("5");
    }

    @Test
    void aliasInsideItsAnchorIsACycle() {
        assertThatThrownBy(() -> read("a: &a\n  b: *a\n"))
                .hasMessageContaining("f.yaml:2:6: ")
                .hasMessageContaining("cycle detected");
    }

    @Test
    void aliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]%n".formatted(i, i, String.join(", ", Collections.nCopies(10, before))));
        }

        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining("aliases stand for more than");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> read("a: " + "[".repeat(5_000) + "]".repeat(5_000)))
                .isInstanceOf(ComposeFileException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void tabInIndentationIsExplained() {
        assertThatThrownBy(() -> read("a:\n\tb: 1\n"))
                .hasMessageContaining("f.yaml:2:1: invalid YAML")
                .hasMessageContaining("tab");
    }

    @Test
    void readsEveryDocumentThatIsNotEmpty() {
        assertThat(YamlReader.read("f", "a: 1\n---\n# nothing\n---\nb: 2\n")).hasSize(2);
        assertThat(YamlReader.read("f", "# nothing\n")).isEmpty();
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreFine() {
        assertThat(read("\uFEFFa: 1\r\nb: x\r\n").plain()).hasToString("{a=1, b=x}");
    }

    @Test
    void tagOfAnotherTypeIsReportedAtItsPlace() {
        assertThat(value(read("a: !!float 5\n"), "a").plain()).isEqualTo(5.0);
        assertThat(value(read("a: !!int '5'\n"), "a").plain()).isEqualTo(5L);
        assertThatThrownBy(() -> read("a: !!int x\n"))
                .hasMessageContaining("f.yaml:1:4: a: cannot read \"x\" as a !!int");
    }

    @Test
    void controlCharacterIsReportedAtItsPlace() {
        assertThatThrownBy(() -> read("a: 1\nb: x\u0001\n"))
                .hasMessageContaining("f.yaml:2:5: invalid YAML: control characters are not allowed: U+0001");
    }

    @Test
    void whatIsTooDeepIsReportedWithoutItsPath() {
        assertThatThrownBy(() -> read("a: " + "[".repeat(300) + "]".repeat(300)))
                .hasMessageStartingWith("f.yaml:1:204: nested deeper than 200 levels");
    }

    @Test
    void undefinedAliasAsAKeyIsReportedOnce() {
        assertThatThrownBy(() -> read("*b : 1\n"))
                .isInstanceOfSatisfying(
                        ComposeFileException.class,
                        e -> assertThat(e.problems()).hasSize(1))
                .hasMessageContaining("found undefined alias \"b\"");
    }
}
