package dev.jcompose.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContainerStatusTest {
    private static final Instant LATER = Instant.EPOCH.plusSeconds(9);

    @Test
    void aStartForgetsTheLastEnd() {
        ContainerStatus ended = Containers.running()
                .stopRequested(true)
                .ended(ContainerState.EXITED, 137, true, LATER)
                .failed(127, "no such program", LATER);
        assertThat(ended.exitCode()).isEqualTo(127);
        assertThat(ended.stoppedByUser()).isTrue();
        ContainerStatus started = ended.started(
                new dev.jcompose.runtime.container.ContainerProcess(1, 2, 3, 4),
                "boot",
                LATER,
                2,
                java.util.List.of(),
                java.util.List.of());
        assertThat(started.isAlive()).isTrue();
        assertThat(started.exitCode()).isZero();
        assertThat(started.oomKilled()).isFalse();
        assertThat(started.stoppedByUser()).isFalse();
        assertThat(started.finishedAt()).isNull();
        assertThat(started.error()).isEmpty();
        assertThat(started.restarts()).isEqualTo(2);
    }

    @Test
    void anEndKeepsWhenItStartedAndForgetsTheProcess() {
        ContainerStatus ended = Containers.running().ended(ContainerState.RESTARTING, 3, false, LATER);
        assertThat(ended.isAlive()).isFalse();
        assertThat(ended.process()).isNull();
        assertThat(ended.bootId()).isEmpty();
        assertThat(ended.startedAt()).isEqualTo(Instant.EPOCH);
        assertThat(ended.finishedAt()).isEqualTo(LATER);
        assertThat(ended.exitCode()).isEqualTo(3);
    }

    @Test
    void aContainerThatNeverRanStaysCreatedWhenItsStartFails() {
        assertThat(ContainerStatus.CREATED.failed(126, "why", LATER).state()).isEqualTo(ContainerState.CREATED);
        assertThat(Containers.running()
                        .ended(ContainerState.RESTARTING, 1, false, LATER)
                        .failed(126, "why", LATER)
                        .state())
                .isEqualTo(ContainerState.EXITED);
    }

    @Test
    void aPausedContainerIsAliveAndOneThatWaitsForItsRestartIsNot() {
        assertThat(Containers.running().in(ContainerState.PAUSED).isAlive()).isTrue();
        assertThat(Containers.running().in(ContainerState.RESTARTING).isAlive()).isFalse();
    }
}
