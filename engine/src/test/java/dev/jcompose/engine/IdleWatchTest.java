package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.model.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final ContainerTable table = new ContainerTable();
    private int requests;
    private final IdleWatch watch = new IdleWatch(table, () -> requests, clock);

    @Test
    void anEngineThatNobodyEverAskedLeavesAfterAWhile() {
        assertThat(overAfter(9)).isFalse();
        assertThat(overAfter(2)).isTrue();
    }

    @Test
    void anOpenRequestKeepsItAndTheWhileBeginsAtItsEnd() {
        requests = 1;
        assertThat(overAfter(60)).isFalse();
        requests = 0;
        assertThat(overAfter(9)).isFalse();
        assertThat(overAfter(2)).isTrue();
    }

    @Test
    void aContainerThatRunsOrIsAboutToKeepsIt() {
        Container container = Containers.created(
                "aa", "p", Service.builder("web").image("localhost/host").build());
        table.add(container);
        for (ContainerState busy :
                new ContainerState[] {ContainerState.RUNNING, ContainerState.PAUSED, ContainerState.RESTARTING}) {
            container.status(container.status().in(busy));
            assertThat(overAfter(60)).as(busy.text()).isFalse();
        }
        container.status(container.status().in(ContainerState.EXITED));
        assertThat(overAfter(11)).isTrue();
    }

    private boolean overAfter(int seconds) {
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(seconds)));
        return watch.isOver();
    }
}
