package dev.jcompose.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void splitsAtBlanksAndLineBreaks() {
        assertThat(CommandLine.split(" a  b\n\tc ")).containsExactly("a", "b", "c");
    }

    @Test
    void quotesKeepBlanksAndEmptyWords() {
        assertThat(CommandLine.split("a 'b c' \"d e\" '' x\"y\"z")).containsExactly("a", "b c", "d e", "", "xyz");
    }

    @Test
    void backslashTakesTheNextCharacterLiterally() {
        assertThat(CommandLine.split("a\\ b \"c\\\"d\" 'e\\f'")).containsExactly("a b", "c\"d", "e\\f");
    }

    @Test
    void isNoShell() {
        assertThat(CommandLine.split("echo *.txt #no $(ls -l) `date +%s`"))
                .containsExactly("echo", "*.txt", "#no", "$(ls -l)", "`date +%s`");
    }

    @Test
    void dropsTheRestFromAnUnquotedOperatorOn() {
        assertThat(CommandLine.split("echo a | tee f")).containsExactly("echo", "a");
        assertThat(CommandLine.split("echo 'a | b'; c")).containsExactly("echo", "a | b");
    }

    @Test
    void numberBeforeARedirectionIsNoWord() {
        assertThat(CommandLine.split("run 2>&1 x")).containsExactly("run");
        assertThat(CommandLine.split("run 2 >&1")).containsExactly("run", "2");
    }

    @Test
    void tellsWhatItDrops() {
        assertThat(CommandLine.rest("echo 'a;b' | tee f")).isEqualTo("| tee f");
        assertThat(CommandLine.rest("echo 'a;b'")).isEmpty();
    }

    @Test
    void rejectsAnOpenQuote() {
        assertThatThrownBy(() -> CommandLine.split("echo 'a")).hasMessage("invalid command line string");
    }
}
