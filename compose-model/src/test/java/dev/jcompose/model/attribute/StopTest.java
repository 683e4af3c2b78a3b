package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopTest {

    @Test
    void gracePeriodMayHaveWeeksAndDays() {
        assertThat(canonical("""
                        stop_grace_period: 1w2d
                        stop_signal: SIGINT
                        """)).isEqualTo("""
                        stop_grace_period: 216h0m0s
                        stop_signal: SIGINT
                        """);
    }

    @Test
    void numbersAreErrors() {
        assertThat(problems("""
                        stop_grace_period: 30
                        stop_signal: 9
                        """))
                .containsExactly(
                        "compose.yaml:4:24: services.a.stop_grace_period must be a string",
                        "compose.yaml:5:18: services.a.stop_signal must be a string");
    }
}
