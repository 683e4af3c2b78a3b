package dev.jcompose.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProjectLocksTest {
    private final ProjectLocks locks = new ProjectLocks();
    private final CountDownLatch second = new CountDownLatch(1);

    @Test
    void aSecondCommandOfTheProjectWaitsForTheFirst() throws Exception {
        Thread other = new Thread(() -> {
            try (ProjectLocks.Held held = locks.take("p")) {
                assertThat(held).isNotNull();
                second.countDown();
            }
        });
        try (ProjectLocks.Held held = locks.take("p")) {
            assertThat(held).isNotNull();
            other.start();
            await().until(() -> other.getState() == Thread.State.WAITING);
            assertThat(second.getCount()).isEqualTo(1);
        }
        second.await();
        other.join();
    }

    @Test
    void projectsDoNotWaitForEachOther() throws Exception {
        try (ProjectLocks.Held held = locks.take("p")) {
            assertThat(held).isNotNull();
            Thread other = new Thread(() -> {
                try (ProjectLocks.Held mine = locks.take("q")) {
                    assertThat(mine).isNotNull();
                    second.countDown();
                }
            });
            other.start();
            second.await();
            other.join();
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingGivesUpAndStaysInterrupted() throws Exception {
        try (ProjectLocks.Held held = locks.take("p")) {
            assertThat(held).isNotNull();
            boolean[] interrupted = new boolean[1];
            Thread other = new Thread(() -> {
                assertThatThrownBy(() -> locks.take("p"))
                        .isInstanceOfSatisfying(
                                EngineException.class,
                                e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CANCELLED));
                interrupted[0] = Thread.currentThread().isInterrupted();
            });
            other.start();
            other.interrupt();
            other.join();
            assertThat(interrupted[0]).isTrue();
        }
    }
}
