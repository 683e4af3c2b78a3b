package dev.jcompose.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "1w2d, 216h0m0s",
        "500us, 500µs",
        "1h5m30s20ms, 1h5m30.02s",
        "1.5s, 1.5s",
        "90s, 1m30s",
        "0, 0s",
        "-5s, -5s",
        "2ns, 2ns",
        "1500ms, 1.5s",
        ".5h, 30m0s"
    })
    void printsInGoForm(String text, String printed) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 'time: missing unit in duration \"30\"'",
        "'', 'time: invalid duration \"\"'",
        "s, 'time: invalid duration \"s\"'",
        "3x, 'time: unknown unit \"x\" in duration \"3x\"'",
        "1.2.3s, 'time: invalid duration \"1.2.3s\"'"
    })
    void rejectsOtherForms(String text, String message) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessage(message);
    }

    @Test
    void readsWhatItPrints() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(60));
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }
}
