package dev.jcompose.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT-5S, Less than a second",
        "PT0.9S, Less than a second",
        "PT1S, 1 second",
        "PT59.9S, 59 seconds",
        "PT60S, About a minute",
        "PT119S, About a minute",
        "PT2M, 2 minutes",
        "PT59M59S, 59 minutes",
        "PT1H, About an hour",
        "PT1H31M, 2 hours",
        "PT47H, 47 hours",
        "PT48H, 2 days",
        "P13D, 13 days",
        "P14D, 2 weeks",
        "P59D, 8 weeks",
        "P60D, 2 months",
        "P729D, 24 months",
        "P730D, 2 years"
    })
    void roundsAsDockerDoes(Duration duration, String words) {
        assertThat(HumanDuration.of(duration)).isEqualTo(words);
    }
}
