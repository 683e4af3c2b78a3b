package dev.jcompose.model.dotenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {

    private static Map<String, String> parse(String text) {
        return DotEnv.parse(text, Map.of("SHELL", "s")::get, Map.of("BEFORE", "b")::get, (name, position) -> {});
    }

    @Test
    void linesMayHaveExportBlanksCommentsAndColons() {
        assertThat(parse("# c\n\n  export A=1\nB = 2\nC: 3\nD=x#y\nE=x #y\nF= \n"))
                .hasToString("{A=1, B=2, C=3, D=x#y, E=x, F=}");
    }

    @Test
    void doubleQuotesHaveEscapesAndSeveralLines() {
        assertThat(parse("A=\"a\\tb\\n\\\"c\\\" \\\\ \\0101\"\nB=\"x\ny\"\n"))
                .containsEntry("A", "a\tb\n\"c\" \\ A")
                .containsEntry("B", "x\ny");
    }

    @Test
    void escapedBackslashDoesNotEscapeTheQuoteBehindIt() {
        assertThat(parse("A=\"x\\\\\"\nB='y\\\\'\nC=\"a\\\\\\\"b\"\n"))
                .containsEntry("A", "x\\")
                .containsEntry("B", "y\\\\")
                .containsEntry("C", "a\\\"b");
    }

    @Test
    void hashIsACommentBehindABlankOnly() {
        assertThat(parse("A=#x\nB= #x\nC=x #y\nD=x\t#y\nE=x#y\n")).hasToString("{A=#x, B=, C=x, D=x\t#y, E=x#y}");
    }

    @Test
    void singleQuotesAreLiteral() {
        assertThat(parse("A='$SHELL \\n it\\'s'\n")).containsEntry("A", "$SHELL \\n it's");
    }

    @Test
    void quotesInsideAValueAreText() {
        assertThat(parse("A=x\"y\"z\n")).containsEntry("A", "x\"y\"z");
    }

    @Test
    void textAfterAClosingQuoteIsTheNextStatement() {
        assertThat(parse("A=\"x\" y=2\n")).containsEntry("A", "x").containsEntry("y", "2");
    }

    @Test
    void variablesComeFromTheCallerThenEarlierLinesThenEarlierFiles() {
        assertThat(parse("SHELL=file\nX=1\nA=$SHELL\nB=$X\nC=$BEFORE\nD=$LATER\nLATER=1\n"))
                .containsEntry("A", "s")
                .containsEntry("B", "1")
                .containsEntry("C", "b")
                .containsEntry("D", "");
    }

    @Test
    void dollarIsWrittenTwiceOrEscaped() {
        assertThat(parse("A=$$X\nB=\"\\$X\"\n")).containsEntry("A", "$X").containsEntry("B", "$X");
    }

    @Test
    void keyAloneInheritsOrIsLeftOut() {
        assertThat(parse("SHELL\nNOPE\nA=1\n")).hasToString("{SHELL=s, A=1}");
    }

    @Test
    void laterLineWins() {
        assertThat(parse("A=1\nA=${A}2\n")).hasToString("{A=12}");
    }

    @ParameterizedTest
    @CsvSource({
        "'A=1\nB B=1', 2, key cannot contain a space",
        "A%=1, 1, 'unexpected character \"%\" in variable name \"A%=1\"'",
        "'A=\"x', 1, 'unterminated quoted value \"x'",
        "'A=1\nB=${', 2, 'invalid template: \"${\"; a literal $ is written as $$'",
        "'A=${N:?m}', 1, required variable N is missing a value: m"
    })
    void errorsNameTheLine(String text, int line, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        DotEnv.DotEnvException.class, e -> assertThat(e.line()).isEqualTo(line))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'A=1\n  export B%=1', 2, 11",
        "'A=1\nB B=1', 2, 1",
        "'\nA=1\nB = \"x\ny\n', 3, 5",
        "'A=\"\n\n\"\n C=${', 4, 4"
    })
    void errorsPointAtWhatIsWrong(String text, int line, int column) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        DotEnv.DotEnvException.class,
                        e -> assertThat(e.position()).isEqualTo(new DotEnv.Position(line, column)));
    }

    @Test
    void unsetVariablesHaveThePlaceOfTheirValue() {
        Map<String, DotEnv.Position> unset = new HashMap<>();

        DotEnv.parse("A=1\n B= \"$A\n$NOPE\"\n", key -> null, key -> null, unset::put);

        assertThat(unset).containsExactly(Map.entry("NOPE", new DotEnv.Position(2, 5)));
    }

    @Test
    void positionOfAVariableIsThatOfItsLastValue() {
        String text = "A=\"x\ny\"\nexport B=1\n  B=2\n";

        assertThat(DotEnv.position(text, "B")).isEqualTo(new DotEnv.Position(4, 3));
        assertThat(DotEnv.position(text, "C")).isNull();
    }

    @Test
    void rawFormatKeepsEverything() {
        assertThat(DotEnv.parseRaw("A= \"$X\" #c\n# c\nSHELL\nNOPE\n", Map.of("SHELL", "s")::get))
                .hasToString("{A= \"$X\" #c, SHELL=s}");
    }

    @Test
    void unknownEscapeStays() {
        assertThat(parse("A=\"x\\cy\"\n")).containsEntry("A", "x\\cy");
    }

    @Test
    void errorQuotesWhatItNames() {
        assertThatThrownBy(() -> parse("\"A\"=1"))
                .hasMessageContaining("unexpected character \"\\\"\" in variable name \"\\\"A\\\"=1\"");
    }

    @Test
    void rawFormatSkipsTheByteOrderMarkAndWantsNames() {
        assertThat(DotEnv.parseRaw("\uFEFFA=1\r\n", name -> null)).containsExactly(Map.entry("A", "1"));
        assertThatThrownBy(() -> DotEnv.parseRaw("=x", name -> null))
                .hasMessageContaining("no variable name on line '=x'");
    }

    @Test
    void valuesThatDoubleWithEachLineAreRefusedBeforeTheyFillTheMemory() {
        StringBuilder text = new StringBuilder("A0=0123456789\n");
        for (int i = 1; i < 60; i++) {
            text.append("A%d=$A%d$A%d\n".formatted(i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> parse(text.toString()))
                .isInstanceOf(DotEnv.DotEnvException.class)
                .hasMessage("with the values of its variables it is longer than 1048576 characters");
    }
}
