package dev.jcompose.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
    private static final Instant NOW = Instant.parse("2026-01-02T15:04:05Z");

    @Test
    void filtersAreLabelsAndATime() {
        assertThat(Pruning.parse(List.of("label=a", "until=1h30m", "label=b=c"), NOW))
                .isEqualTo(new Pruning(List.of("a", "b=c"), Instant.parse("2026-01-02T13:34:05Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "9999999999999h", "99999999999999999999s"})
    void aTimeThatIsNoneIsNamed(String time) {
        assertThatThrownBy(() -> Pruning.parse(List.of("until=" + time), NOW))
                .isInstanceOf(CommandException.class)
                .hasMessage("\"" + time + "\" is neither a time nor a duration such as 24h");
    }
}
