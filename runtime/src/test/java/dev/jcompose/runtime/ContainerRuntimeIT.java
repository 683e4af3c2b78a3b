package dev.jcompose.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.TestContainers.Outcome;
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
        assertThat(containers.run("echo $$ $(ls -d /proc/[0-9]*)").stdout()).startsWith("1 /proc/1\n");
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
}
