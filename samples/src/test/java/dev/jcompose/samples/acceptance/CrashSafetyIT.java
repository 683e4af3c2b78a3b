package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The machine is switched off, the engine dies and leaves its socket, two people type at once. */
@RequiresRoot
class CrashSafetyIT extends AcceptanceScenario {
    private static final String STACK = """
            name: safe
            services:
              web: {image: localhost/host, command: sleep 1000, restart: always, stop_grace_period: 0s, depends_on: [api]}
              api: {image: localhost/host, command: sleep 1000, restart: unless-stopped, stop_grace_period: 0s, depends_on: {db: {condition: service_healthy}}}
              db: {image: localhost/host, command: sleep 1000, restart: always, stop_grace_period: 0s, healthcheck: {test: "true"}}
              job: {image: localhost/host, command: sleep 1000, stop_grace_period: 0s}
            """;

    @BeforeEach
    void writeTheStack() throws IOException {
        write(STACK);
    }

    @Test
    void afterARebootEngineStartBringsBackWhatIsToRunAlways() throws Exception {
        jcompose.ok("up", "-d");
        kill(jcompose::engines);
        kill(this::containers);
        delete(folder.resolve("run"));
        anotherBoot();

        assertThat(jcompose.ok("engine", "start")).startsWith("running: ");
        await().untilAsserted(() -> assertThat(jcompose.ok("ps", "--services", "--status", "running"))
                .isEqualTo("api\ndb\nweb\n"));
        assertThat(jcompose.ok("ps", "-a", "--format", "{{.Name}} {{.State}}", "job"))
                .isEqualTo("safe-job-1 exited\n");
        List<String> started = Stream.of("db", "api", "web")
                .map(service -> startedAt("safe-" + service + "-1"))
                .toList();
        assertThat(started).isSorted();
    }

    @Test
    void whatADeadEngineLeftAtTheSocketsPlaceDoesNoHarm() throws Exception {
        jcompose.ok("up", "-d", "job");
        kill(jcompose::engines);
        Path socket = folder.resolve("run/engine.sock");
        assertThat(socket).exists();
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("job\n");
        kill(jcompose::engines);
        Files.delete(socket);
        Files.writeString(socket, "no socket");
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("job\n");
    }

    @Test
    void twoUpsAtOnceMakeOneStackAndOneEngine() throws Exception {
        List<Jcompose.Running> ups = List.of(jcompose.start("up", "-d"), jcompose.start("up", "-d"));
        for (Jcompose.Running up : ups) {
            Jcompose.Result result = up.await();
            assertThat(result.exitCode()).as(result.toString()).isZero();
        }
        assertThat(jcompose.engines()).hasSize(1);
        assertThat(jcompose.ok("ps", "-a", "--format", "{{.Name}}"))
                .isEqualTo("safe-api-1\nsafe-db-1\nsafe-job-1\nsafe-web-1\n");
    }

    private String startedAt(String container) {
        try {
            String id = jcompose.ok("ps", "-q", container.split("-")[1]).strip();
            return Files.readString(
                            folder.resolve("data/containers").resolve(id).resolve("status.json"))
                    .replaceAll("(?s).*\"startedAt\":\"?([^,\"]+).*", "$1");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void kill(Callable<List<ProcessHandle>> processes) throws Exception {
        processes.call().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> processes.call().isEmpty());
    }

    /** The processes of containers and those that watch over them: they hold files of this folder. */
    private List<ProcessHandle> containers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid() && holdsFiles(process))
                .toList();
    }

    private boolean holdsFiles(ProcessHandle process) {
        try (Stream<Path> fds = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return fds.anyMatch(this::isOurs);
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean isOurs(Path fd) {
        try {
            return Files.readSymbolicLink(fd).startsWith(folder.resolve("run"));
        } catch (IOException closed) {
            return false;
        }
    }

    /** What the engine wrote down is as if the machine had been started again since. */
    private void anotherBoot() throws IOException {
        try (Stream<Path> files = Files.find(
                folder.resolve("data"),
                3,
                (file, attributes) -> List.of("boot.json", "status.json")
                        .contains(file.getFileName().toString()))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                Files.writeString(file, text.replaceAll("\"bootId\":\"[^\"]+\"", "\"bootId\":\"another\""));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
