package dev.jcompose.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarResolverTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 10", "-5, -5", "+5, 5", "0755, 493", "0o755, 493", "0x1F, 31", "0b101, 5", "1_000, 1000"})
    void integersAreThoseOfYaml11(String text, long value) {
        assertThat(ScalarResolver.resolve(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1.10, 1.1",
        "1e3, 1000",
        ".5, 0.5",
        "08, 8",
        "-1.5e-3, -0.0015",
        "99999999999999999999, 1e20",
        "-0, -0.0"
    })
    void numbersMayHaveAFraction(String text, double value) {
        assertThat(ScalarResolver.resolve(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "no",
                "on",
                "off",
                "y",
                "22:22",
                "1.2.3",
                "0x",
                "-",
                "--1",
                "2026-01-01",
                "tRUE",
                "1_b",
                "."
            })
    void otherWordsAreText(String text) {
        assertThat(ScalarResolver.resolve(text)).isEqualTo(text);
    }

    @Test
    void booleansAreThoseOfYaml12() {
        assertThat(ScalarResolver.resolve("true")).isEqualTo(true);
        assertThat(ScalarResolver.resolve("False")).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void nothingIsNull(String text) {
        assertThat(ScalarResolver.resolve(text)).isNull();
    }

    @Test
    void numberThatIsTooLargeIsText() {
        assertThat(ScalarResolver.resolve("1e400")).isEqualTo("1e400");
    }
}
