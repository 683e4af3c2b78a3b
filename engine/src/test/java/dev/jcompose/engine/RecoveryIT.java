package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@RequiresRoot
class RecoveryIT extends EngineScenario {

    @Test
    void afterARebootWhatIsToRunAlwaysRunsAgainAndTheRestHasEnded() throws Exception {
        up("""
                services:
                  once: {image: localhost/host, command: sleep 0.3}
                  always:
                    image: localhost/host
                    command: sh -c 'test -e /second && exec sleep 1000; touch /second; exec sleep 0.3'
                    restart: always
                """);
        killEngine();
        await().until(() -> monitors().isEmpty());
        TreeRemoval trees = new TreeRemoval(Linux.load());
        trees.remove(directory().resolve("run").resolve("containers"));
        for (Path container : containers()) {
            Path status = container.resolve("status.json");
            String before = Files.readString(status);
            Files.writeString(status, before.replaceAll("\"bootId\":\"[^\"]+\"", "\"bootId\":\"another\""));
        }
        startAnotherEngine();
        assertThat(state("p-once-1")).startsWith("exited");
        await().untilAsserted(() -> assertThat(state("p-always-1")).isEqualTo("running"));
        assertThat(engine().exec("p-always-1", "getent", "hosts", "always")).startsWith("0: ");
    }

    @Test
    void aContainerWhoseStateIsDamagedKeepsNobodyFromTheOthers() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  broken: {image: localhost/host, command: sleep 0.1}
                """);
        String id = engine().container("p-broken-1").id();
        await().until(() -> state("p-broken-1").equals("exited 0"));
        killEngine();
        Path config =
                directory().resolve("data").resolve("containers").resolve(id).resolve("config.json");
        String whole = Files.readString(config);
        Files.writeString(config, whole.substring(0, whole.length() / 2));
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("running");
        assertThat(config).exists();
        killEngine();
        Files.writeString(config, whole);
        startAnotherEngine();
        assertThat(state("p-broken-1")).isEqualTo("exited 0");
    }

    @Test
    void whatAKilledEngineHadHalfRemovedIsRemovedByTheNext() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  db: {image: localhost/host, command: sleep 1000}
                """);
        String id = engine().container("p-web-1").id();
        engine().engine().stop(TestEngine.services("web"), engine().listener());
        killEngine();
        Path data = directory().resolve("data").resolve("containers").resolve(id);
        Files.delete(data.resolve("config.json"));
        startAnotherEngine();
        assertThat(engine().engine().containers(Optional.of("p")))
                .singleElement()
                .satisfies(db -> assertThat(db.name()).isEqualTo("p-db-1"));
        assertThat(data).doesNotExist();
    }

    private List<Path> containers() throws IOException {
        try (Stream<Path> containers = Files.list(directory().resolve("data").resolve("containers"))) {
            return containers.toList();
        }
    }

    /** The processes that still watch over a container of ours: they hold its files. */
    private List<ProcessHandle> monitors() {
        return ProcessHandle.allProcesses().filter(this::holdsOurFiles).toList();
    }

    private boolean holdsOurFiles(ProcessHandle process) {
        if (process.pid() == ProcessHandle.current().pid()) {
            return false;
        }
        try (Stream<Path> fds = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path fd : fds.toList()) {
                if (Files.readSymbolicLink(fd).startsWith(directory())) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return false;
        }
    }
}
