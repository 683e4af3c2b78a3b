package dev.jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeArgumentTest {
    private static final Instant NOW = Instant.parse("2026-01-02T15:04:05Z");

    @ParameterizedTest
    @CsvSource({
        "10s, 2026-01-02T15:03:55Z",
        "1h30m, 2026-01-02T13:34:05Z",
        "1.5m, 2026-01-02T15:02:35Z",
        "2026-01-01, 2026-01-01T00:00:00Z",
        "2026-01-01T10:00:00, 2026-01-01T10:00:00Z",
        "2026-01-01T10:00:00+02:00, 2026-01-01T08:00:00Z",
        "2026-01-01T10:00:00.5Z, 2026-01-01T10:00:00.5Z",
        "1767366245.25, 2026-01-02T15:04:05.25Z"
    })
    void timesAndDurationsAreUnderstood(String text, Instant expected) {
        assertThat(TimeArgument.parse("--since", text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "99999999999999999999", "9999999999999999999", "2026-13-45"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TimeArgument.parse("--since", text, NOW))
                .hasMessageStartingWith("invalid value for --since: \"" + text + "\" is neither");
    }
}
