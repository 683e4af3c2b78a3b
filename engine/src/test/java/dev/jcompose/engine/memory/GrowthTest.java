package dev.jcompose.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Growth growth = new Growth(1000, clock);

    @Test
    void itIsOverWhenNothingHasBeenAddedForAWhile() {
        assertThat(isOverLater(3000)).isFalse();
        assertThat(isOverLater(4000)).isFalse();
        assertThat(isOverLater(4050)).isTrue();
    }

    @Test
    void aLittleIsNoGrowth() {
        growth.restart(3000);
        assertThat(isOverLater(3900)).isFalse();
        assertThat(isOverLater(3900)).isFalse();
    }

    @Test
    void itIsOverOnce() {
        isOverLater(3000);
        assertThat(isOverLater(3000)).isTrue();
        growth.restart(2500);
        assertThat(isOverLater(2500)).isFalse();
        assertThat(isOverLater(3600)).isFalse();
        assertThat(isOverLater(3600)).isTrue();
    }

    private boolean isOverLater(long bytes) {
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(6)));
        growth.now(bytes);
        return growth.isOver();
    }
}
