package dev.jcompose.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizesTest {

    @ParameterizedTest
    @CsvSource({
        "64 MB, 67108864",
        "1.5GiB, 1610612736",
        "1kb, 1024",
        "100, 100",
        "-1, -1",
        "2b, 2",
        "1K, 1024",
        "1t, 1099511627776"
    })
    void countsInStepsOf1024(String text, long bytes) {
        assertThat(ByteSizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "", "-5m", "1ib", "5  m", "1mm", "m", "99999999999999g"})
    void rejectsOtherForms(String text) {
        assertThatThrownBy(() -> ByteSizes.parse(text)).hasMessage("invalid size: '" + text + "'");
    }
}
