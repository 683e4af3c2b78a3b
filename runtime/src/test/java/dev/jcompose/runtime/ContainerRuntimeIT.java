package dev.jcompose.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Sched;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.TestContainers.Outcome;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class ContainerRuntimeIT {
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
    void outputAndExitCodeOfACommandAreSeen() throws IOException {
        assertThat(containers.run("echo out; echo err >&2; exit 42")).isEqualTo(new Outcome(42, "out\n", "err\n"));
    }

    @Test
    void aContainerThatIsKilledBySignalReportsIt() throws IOException {
        assertThat(containers
                        .run("kill -15 $$; trap - TERM; sleep 0; kill -9 $$; exit 3")
                        .code())
                .as("the first process of a pid namespace ignores signals that it does not handle")
                .isEqualTo(3);
    }

    @Test
    void theFirstProcessHasPidOneAndSeesNoOther() throws IOException {
        assertThat(containers
                        .run("echo $$; for p in /proc/[0-9]*; do echo $p; done")
                        .stdout())
                .isEqualTo("1\n/proc/1\n");
    }

    @Test
    void aCommandThatIsNotThereIsReportedAs127() {
        assertThatThrownBy(() -> containers.run(containers
                        .spec(ProcessSpec.of(List.of("no-such-command")))
                        .build()))
                .asInstanceOf(InstanceOfAssertFactories.type(LaunchException.class))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(LaunchException.NOT_FOUND))
                .hasToString("dev.jcompose.runtime.LaunchException: cannot start container t1: \"no-such-command\": "
                        + "executable file not found in $PATH");
    }

    @Test
    void oneThatFailsLeavesNothing() throws IOException {
        ContainerSpec spec = containers
                .shell("true")
                .mounts(List.of(BindMount.of(directory.resolve("missing"), "/data", false)))
                .build();

        assertThatThrownBy(() -> containers.run(spec))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(
                        "bind mount \"%s\" on \"/data\": open_tree(".formatted(directory.resolve("missing")))
                .hasMessageEndingWith("No such file or directory (ENOENT 2)");
        assertThat(containers.cgroups.ids()).isEmpty();
        assertThat(spec.runDirectory()).isEmptyDirectory();
    }

    @Test
    void anAbortedOneLeavesNothing() throws IOException {
        ContainerSpec spec = containers.shell("true").build();
        CreatedContainer created = containers.runtime.create(spec);

        created.abort();

        assertThat(Path.of("/proc/" + created.pid())).doesNotExist();
        assertThat(Path.of("/proc/" + created.process().monitorPid())).doesNotExist();
        assertThat(containers.cgroups.ids()).isEmpty();
        assertThat(spec.runDirectory()).isEmptyDirectory();
    }

    @Test
    void anotherEngineFindsItAndItsExit() throws IOException {
        ContainerSpec spec = containers.shell("echo before; read line; exit 3").build();
        try (RunningContainer first = containers.runtime.create(spec).start()) {
            try (RunningContainer found = containers.runtime.find(first.process(), spec.id(), spec.runDirectory())) {
                found.signal(Sched.SIGKILL);
                assertThat(containers.await(found).status().shellCode()).isIn(3, 137);
            }
        }
    }
}
