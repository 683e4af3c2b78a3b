package dev.jcompose.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.container.ContainerProcess;
import dev.jcompose.runtime.container.ContainerSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a container whose engine is killed. */
@RequiresRoot
class EngineDeathIT {
    private static final int LINES = 300;

    @TempDir
    Path directory;

    /** An engine: starts a container, says who it is, and waits to be killed. */
    static final class Engine {
        private Engine() {}

        public static void main(String[] args) throws IOException {
            try (TestContainers containers = new TestContainers(Path.of(args[0]))) {
                ContainerSpec spec = containers
                        .shell("for i in $(seq 1 " + LINES + "); do echo line $i; sleep 0.005; done; exit 5")
                        .build();
                ContainerProcess process =
                        containers.runtime.create(spec).start().process();
                System.out.printf(
                        "%s %s %d %d %d %d%n",
                        spec.id(),
                        spec.runDirectory(),
                        process.pid(),
                        process.startTimeTicks(),
                        process.monitorPid(),
                        process.monitorStartTimeTicks());
                System.in.read();
            }
        }
    }

    @Test
    void afterAKillOfTheEngineTheContainerRunsOnAndNoLineIsLost() throws Exception {
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Engine.class.getName(),
                        Files.createDirectory(directory.resolve("engine")).toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        String line;
        try (BufferedReader reader = engine.inputReader()) {
            line = reader.readLine();
            assertThat(line).as(Files.readString(directory.resolve("errors"))).isNotNull();
        } finally {
            engine.destroyForcibly();
        }
        assertThat(engine.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.exitValue()).isEqualTo(128 + Sched.SIGKILL);

        List<String> fields = Arrays.asList(line.split(" "));
        Path run = Path.of(fields.get(1));
        ContainerProcess process = new ContainerProcess(
                Integer.parseInt(fields.get(2)),
                Long.parseLong(fields.get(3)),
                Integer.parseInt(fields.get(4)),
                Long.parseLong(fields.get(5)));
        try (TestContainers containers = new TestContainers(
                        Files.createDirectory(directory.resolve("next")), "jcompose-test-" + engine.pid());
                RunningContainer found = containers.runtime.find(process, fields.get(0), run)) {
            assertThat(found.exit()).isEmpty();
            assertThat(found.pids()).contains(process.pid());
            StringBuilder output = new StringBuilder();
            try (Fd stdout = found.openStdout()) {
                while (!containers.linux.events().poll(found.exitFd(), EventCalls.EPOLLIN, 1)) {
                    output.append(containers.drain(stdout));
                }
                output.append(containers.drain(stdout));
            }
            output.append(Files.readString(found.stdoutRest()));

            assertThat(found.exit().orElseThrow().status()).isEqualTo(new ExitStatus(5, 0));
            assertThat(output.toString().lines())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                            .mapToObj(i -> "line " + i)
                            .toList());
            containers.runtime.delete(fields.get(0), run);
        }
    }
}
