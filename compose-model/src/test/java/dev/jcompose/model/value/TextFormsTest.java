package dev.jcompose.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {

    @ParameterizedTest
    @CsvSource({
        "1.10, 1.1",
        "1e3, 1000",
        "1e6, 1e+06",
        "1.5e10, 1.5e+10",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-2.5, -2.5"
    })
    void numbersInKeyValueListsArePrintedAsGoDoes(double number, String text) {
        assertThat(GoNumbers.text(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1e6, 1000000", "1e21, 1e+21", "3.14, 3.14", "1.5e-7, 1.5e-07"})
    void numbersOfDocumentsHaveExponentsOnlyWhenLarge(double number, String text) {
        assertThat(GoNumbers.format(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::", "::1", "fe80::1:2", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1"})
    void knowsAddresses(String text) {
        assertThat(IpText.isAddress(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "1.2.3", "1.2.3.4.", "256.1.1.1", ":1", "1::2::3", "1:2:3:4:5:6:7:8:9", "g::1"})
    void knowsWhatIsNoAddress(String text) {
        assertThat(IpText.isAddress(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/a/b/, /a/b", "/a/./b/../c, /a/c", "/.., /", "a//b, a/b", "../x, ../x", "., .", "a/.., ."})
    void pathsAreCleaned(String path, String clean) {
        assertThat(PathText.clean(path)).isEqualTo(clean);
    }
}
