package dev.jcompose.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.supervise.HealthStatus;
import dev.jcompose.model.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ContainerTest {
    private final Container container = Containers.created(
            "ab", "p", Service.builder("web").image("localhost/host").build());

    @Test
    void whoeverWaitsForThePresentStateDoesNotWait() {
        assertThat(container.when(now -> now.status().state() == ContainerState.CREATED))
                .isCompleted();
    }

    @Test
    void whoeverWaitsIsToldOfTheFirstStateThatFits() {
        CompletableFuture<Container.Snapshot> healthy = container.when(now -> now.health() == HealthStatus.HEALTHY);
        CompletableFuture<Container.Snapshot> ended =
                container.when(now -> now.status().exitCode() == 7);
        container.status(Containers.running());
        assertThat(healthy).isNotDone();
        container.health(HealthStatus.HEALTHY, Instant.EPOCH);
        assertThat(healthy).isCompleted();
        container.status(container.status().ended(ContainerState.EXITED, 7, false, Instant.EPOCH));
        assertThat(ended).isCompletedWithValueMatching(now -> now.status().state() == ContainerState.EXITED);
        assertThat(healthy.join().health()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void oneWhoWaitsMayChangeTheContainerAndWaitAgain() {
        List<Integer> codes = new ArrayList<>();
        container
                .when(now -> now.status().exitCode() == 1)
                .thenCompose(now -> {
                    codes.add(1);
                    container.status(container.status().ended(ContainerState.EXITED, 2, false, Instant.EPOCH));
                    return container.when(next -> next.status().exitCode() == 2);
                })
                .thenAccept(now -> codes.add(2));
        container.status(container.status().ended(ContainerState.EXITED, 1, false, Instant.EPOCH));
        assertThat(codes).containsExactly(1, 2);
    }

    @Test
    void healthEndsWithTheProcess() {
        container.status(Containers.running());
        container.health(HealthStatus.HEALTHY, Instant.EPOCH);
        container.status(container.status().stopRequested(true));
        assertThat(container.health()).isEqualTo(HealthStatus.HEALTHY);
        container.status(container.status().ended(ContainerState.EXITED, 0, false, Instant.EPOCH));
        assertThat(container.health()).isEqualTo(HealthStatus.NONE);
    }

    @Test
    void theHealthOfARunThatHasEndedSaysNothing() {
        container.status(Containers.running());
        container.health(HealthStatus.HEALTHY, Instant.EPOCH.minusSeconds(1));
        assertThat(container.health()).isEqualTo(HealthStatus.NONE);
        container.status(container.status().ended(ContainerState.EXITED, 0, false, Instant.EPOCH));
        container.health(HealthStatus.HEALTHY, Instant.EPOCH);
        assertThat(container.health()).isEqualTo(HealthStatus.NONE);
        assertThat(container.status().state()).isEqualTo(ContainerState.EXITED);
    }

    @Test
    void theServiceIsReadBackAsItWas() {
        assertThat(container.service().image()).isEqualTo("localhost/host");
        assertThat(container.project().name()).isEqualTo("p");
        assertThat(container.config().shortId()).isEqualTo("ab0000000000");
    }
}
