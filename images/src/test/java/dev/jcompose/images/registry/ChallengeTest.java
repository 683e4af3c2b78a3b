package dev.jcompose.images.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    @Test
    void aBearerChallengeHasItsParameters() {
        assertThat(Challenge.parse(List.of("Bearer realm=\"https://auth.example/token\",service=\"registry, one\","
                        + "scope=\"repository:a/b:pull,push\",error=invalid_token")))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.example/token",
                                "service", "registry, one",
                                "scope", "repository:a/b:pull,push",
                                "error", "invalid_token")));
    }

    @Test
    void severalChallengesInOneHeaderAreSeveral() {
        assertThat(Challenge.parse(List.of("Basic realm=\"a \\\"b\\\"\", Bearer realm=\"c\"")))
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "a \"b\"")),
                        new Challenge("bearer", Map.of("realm", "c")));
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        assertThat(Challenge.parse(List.of("", "=,", "Negotiate")))
                .containsExactly(new Challenge("negotiate", Map.of()));
    }
}
