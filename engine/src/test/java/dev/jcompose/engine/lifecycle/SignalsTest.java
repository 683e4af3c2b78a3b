package dev.jcompose.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {

    @ParameterizedTest
    @CsvSource({
        "SIGTERM, 15",
        "term, 15",
        "SigKill, 9",
        "9, 9",
        "HUP, 1",
        "SIGSYS, 31",
        "SIGWINCH, 28",
        "64, 64",
        "SIGRTMIN+3, 37",
        "rtmin+0, 34"
    })
    void namesAndNumbersAreRead(String text, int number) {
        assertThat(Signals.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIG", "0", "65", "-9", "SIGNOTHING", "RTMIN+31", "RTMIN+x", "RTMIN+-3", "+9"})
    void anythingElseIsQuoted(String text) {
        assertThatThrownBy(() -> Signals.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid signal: " + text);
    }
}
