package dev.jcompose.engine.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthProgressTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void checksComeQuicklyUntilTheFirstSuccess() {
        HealthProgress progress = progress(Duration.ofSeconds(30), 3, Duration.ZERO);
        List<Long> pauses = pausesOfFailures(progress, 90);
        assertThat(pauses.subList(0, 88))
                .startsWith(0L, 25L, 25L, 25L)
                .isSorted()
                .anyMatch(pause -> pause > 400 && pause < 600)
                .allMatch(pause -> pause <= 1000);
        assertThat(progress.status()).isEqualTo(HealthStatus.STARTING);
    }

    @Test
    void aCheckThatTakesLongComesNotSoOften() {
        HealthProgress progress = progress(Duration.ofSeconds(30), 3, Duration.ZERO);
        progress.result(false, START, START.plusMillis(100));
        assertThat(progress.due()).isEqualTo(START.plusMillis(400));
    }

    @Test
    void anotherEngineGoesOnWithWhatIsKnownAndChecksAtOnce() {
        HealthPlan plan = new HealthPlan(
                List.of("true"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                3,
                Duration.ZERO,
                Duration.ofSeconds(5));
        Instant now = START.plusSeconds(100);
        HealthProgress progress = HealthProgress.resumed(plan, START, HealthStatus.HEALTHY, 2, now);
        assertThat(progress.status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(progress.due()).isEqualTo(now);
        progress.result(false, now, now);
        assertThat(progress.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(progress.due()).isEqualTo(now.plusSeconds(30));
    }

    @Test
    void afterASuccessTheIntervalHolds() {
        HealthProgress progress = progress(Duration.ofSeconds(30), 3, Duration.ZERO);
        progress.result(true, START, START.plusMillis(20));
        assertThat(progress.status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(progress.due()).isEqualTo(START.plusMillis(20).plusSeconds(30));
    }

    @Test
    void onlyTheChecksThatTheIntervalWouldMakeCountAsFailures() {
        HealthProgress progress = progress(Duration.ofSeconds(2), 3, Duration.ZERO);
        Instant unhealthyAt = failUntilUnhealthy(progress);
        assertThat(unhealthyAt).isEqualTo(START.plusSeconds(6));
    }

    @Test
    void failuresInTheStartPeriodDoNotCount() {
        HealthProgress progress = progress(Duration.ofSeconds(2), 2, Duration.ofSeconds(10));
        assertThat(failUntilUnhealthy(progress)).isEqualTo(START.plusSeconds(12));
    }

    @Test
    void aSuccessInTheStartPeriodCountsAndLaterFailuresInARowMakeItUnhealthy() {
        HealthProgress progress = progress(Duration.ofSeconds(1), 2, Duration.ofSeconds(100));
        progress.result(true, START, START);
        progress.result(false, START.plusSeconds(1), START.plusSeconds(1));
        assertThat(progress.status()).isEqualTo(HealthStatus.HEALTHY);
        progress.result(false, START.plusSeconds(2), START.plusSeconds(2));
        assertThat(progress.status()).isEqualTo(HealthStatus.UNHEALTHY);
        progress.result(true, START.plusSeconds(3), START.plusSeconds(3));
        assertThat(progress.status()).isEqualTo(HealthStatus.HEALTHY);
    }

    private static HealthProgress progress(Duration interval, int retries, Duration startPeriod) {
        HealthPlan plan = new HealthPlan(
                List.of("true"), interval, Duration.ofSeconds(30), retries, startPeriod, Duration.ofSeconds(5));
        return new HealthProgress(plan, START);
    }

    private static List<Long> pausesOfFailures(HealthProgress progress, int count) {
        List<Long> pauses = new ArrayList<>();
        Instant last = START;
        for (int i = 0; i < count; i++) {
            Instant due = progress.due();
            pauses.add(Duration.between(last, due).toMillis());
            progress.result(false, due, due);
            last = due;
        }
        return pauses;
    }

    private static Instant failUntilUnhealthy(HealthProgress progress) {
        for (int i = 0; i < 1000; i++) {
            Instant due = progress.due();
            progress.result(false, due, due);
            if (progress.status() == HealthStatus.UNHEALTHY) {
                return due;
            }
        }
        throw new AssertionError("never unhealthy");
    }
}
