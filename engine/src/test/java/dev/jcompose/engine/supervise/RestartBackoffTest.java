package dev.jcompose.engine.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.RestartPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void thePauseDoublesUpToAMinute() {
        RestartPolicy always = RestartPolicy.parse("always");
        Duration last = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            last = backoff.afterExit(always, 0, i, false, SHORT).orElseThrow();
            if (i == 0) {
                assertThat(last).isEqualTo(Duration.ofMillis(100));
            }
            if (i == 3) {
                assertThat(last).isEqualTo(Duration.ofMillis(800));
            }
        }
        assertThat(last).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aRunOfTenSecondsBeginsFromTheStart() {
        RestartPolicy always = RestartPolicy.parse("always");
        backoff.afterExit(always, 1, 0, false, SHORT);
        backoff.afterExit(always, 1, 1, false, SHORT);
        assertThat(backoff.afterExit(always, 1, 2, false, Duration.ofSeconds(10)))
                .contains(Duration.ofMillis(100));
    }

    @Test
    void onFailureRestartsOnlyFailuresAndOnlySoOften() {
        RestartPolicy policy = RestartPolicy.parse("on-failure:2");
        assertThat(backoff.afterExit(policy, 0, 0, false, SHORT)).isEmpty();
        assertThat(backoff.afterExit(policy, 3, 0, false, SHORT)).isPresent();
        assertThat(backoff.afterExit(policy, 3, 1, false, SHORT)).isPresent();
        assertThat(backoff.afterExit(policy, 3, 2, false, SHORT)).isEmpty();
    }

    @Test
    void aDelayOfItsOwnDoesNotGrow() {
        RestartPolicy policy = new RestartPolicy(RestartPolicy.Kind.ALWAYS, 0, Duration.ofSeconds(3), null);
        backoff.afterExit(policy, 1, 0, false, SHORT);
        assertThat(backoff.afterExit(policy, 1, 1, false, SHORT)).contains(Duration.ofSeconds(3));
    }

    @Test
    void onlyRestartsSinceTheLastGoodRunCount() {
        RestartPolicy policy = new RestartPolicy(RestartPolicy.Kind.ON_FAILURE, 2, null, Duration.ofSeconds(5));
        assertThat(backoff.afterExit(policy, 1, 2, false, SHORT)).isEmpty();
        assertThat(backoff.afterExit(policy, 1, 2, false, Duration.ofSeconds(5)))
                .isPresent();
        assertThat(backoff.afterExit(policy, 1, 3, false, SHORT)).isPresent();
        assertThat(backoff.afterExit(policy, 1, 4, false, SHORT)).isEmpty();
    }

    @Test
    void whatTheUserStoppedStaysStopped() {
        Optional<Duration> delay = backoff.afterExit(RestartPolicy.parse("always"), 137, 0, true, SHORT);
        assertThat(delay).isEmpty();
    }
}
