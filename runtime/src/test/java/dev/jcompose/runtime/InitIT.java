package dev.jcompose.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an init process does for a container. */
@RequiresRoot
class InitIT {
    private static final int SIGTERM = 15;

    @TempDir
    Path directory;

    private TestContainers containers;

    @BeforeEach
    void open() throws IOException {
        containers = new TestContainers(directory);
    }

    @AfterEach
    void close() throws IOException {
        containers.close();
    }

    @Test
    void theCommandIsItsChildAndItsStatusIsTheContainers() throws IOException {
        TestContainers.Outcome outcome = containers.run("echo $PPID; exit 7", spec -> spec.init(true));

        assertThat(outcome).isEqualTo(new TestContainers.Outcome(7, "1\n", ""));
    }

    @Test
    void aCommandWithoutAHandlerEndsByTheSignalThatTheContainerGets() throws IOException {
        ContainerSpec spec = containers
                .spec(ProcessSpec.of(List.of("/bin/sleep", "1000")))
                .init(true)
                .build();
        try (RunningContainer container = containers.runtime.create(spec).start()) {
            container.signal(SIGTERM);

            assertThat(containers.await(container).status().shellCode()).isEqualTo(128 + SIGTERM);
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void orphansThatEndAreReaped() throws IOException {
        ContainerSpec spec = containers
                .shell("(sleep 0.05 & sleep 0.1 & ) ; echo begun; exec sleep 1000")
                .init(true)
                .build();
        try (RunningContainer container = containers.runtime.create(spec).start();
                Fd stdout = container.openStdout()) {
            await().until(() -> containers.drain(stdout), "begun\n"::equals);

            // The init process and the command are left; a zombie would count.
            await().untilAsserted(() -> assertThat(container.pids()).hasSize(2));
            container.kill();
            containers.await(container);
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void aCommandThatIsNotThereFailsTheStartAsWithoutInit() {
        ContainerSpec spec = containers
                .spec(ProcessSpec.of(List.of("no-such-program")))
                .init(true)
                .build();

        Assertions.assertThatThrownBy(() -> containers.runtime.create(spec).start())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no-such-program");
    }
}
