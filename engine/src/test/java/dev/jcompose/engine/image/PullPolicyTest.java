package dev.jcompose.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullPolicyTest {
    private static final Instant NOW = Instant.parse("2025-01-10T12:00:00Z");

    private static boolean pulls(@Nullable String policy, @Nullable Duration age) {
        return PullPolicy.parse(policy).pulls(age == null ? null : NOW.minus(age), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "always,         true,  true",
        "missing,        false, true",
        "if_not_present, false, true",
        ",               false, true",
        "never,          false, false",
        "build,          false, false"
    })
    void aPolicySaysWhenToPull(@Nullable String policy, boolean whenThere, boolean whenNot) {
        assertThat(pulls(policy, Duration.ofDays(1000))).isEqualTo(whenThere);
        assertThat(pulls(policy, null)).isEqualTo(whenNot);
    }

    @ParameterizedTest
    @CsvSource({"daily, PT24H", "weekly, PT168H", "every_12h, PT12H", "every_1d6h, PT30H", "every_90s, PT90S"})
    void anImageIsRefreshedWhenItIsOld(String policy, Duration limit) {
        assertThat(pulls(policy, limit.minusSeconds(1))).isFalse();
        assertThat(pulls(policy, limit.plusSeconds(1))).isTrue();
        assertThat(pulls(policy, null)).isTrue();
    }

    @Test
    void anotherWordIsRefused() {
        assertThatThrownBy(() -> PullPolicy.parse("sometimes"))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("pull policy \"sometimes\" is none of always, never, missing");
        assertThatThrownBy(() -> PullPolicy.parse("every_")).hasMessageContaining("every_12h");
    }
}
