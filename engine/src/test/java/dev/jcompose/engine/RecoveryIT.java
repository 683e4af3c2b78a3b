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
    void afterARebootWhatIsToRunAlwaysRunsAgainInItsOrderAndTheRestHasEnded() throws Exception {
        up("""
                services:
                  once: {image: localhost/host, command: sleep 1000}
                  failing: {image: localhost/host, command: sleep 1000, restart: on-failure}
                  always: {image: localhost/host, command: sleep 1000, restart: always, depends_on: [restarting]}
                  restarting: {image: localhost/host, command: sh -c 'test -e /second && exec sleep 1000; touch /second', restart: always, depends_on: [first]}
                  first: {image: localhost/host, command: sleep 1000, restart: unless-stopped}
                """);
        reboot();
        assertThat(state("p-once-1")).isEqualTo("exited 255");
        assertThat(state("p-failing-1")).isEqualTo("exited 255");
        await().untilAsserted(() -> {
            assertThat(state("p-always-1")).isEqualTo("running");
            assertThat(state("p-restarting-1")).isEqualTo("running");
        });
        assertThat(engine().container("p-always-1").startedAt())
                .isAfter(engine().container("p-restarting-1").startedAt());
        assertThat(engine().container("p-restarting-1").startedAt())
                .isAfter(engine().container("p-first-1").startedAt());
        assertThat(engine().exec("p-always-1", "getent", "hosts", "always")).startsWith("0: ");
    }

    @Test
    void whatIsToRunAlwaysIsOnlyStoppedUntilTheNextReboot() throws Exception {
        up("""
                services:
                  always: {image: localhost/host, command: sleep 1000, restart: always}
                  unless: {image: localhost/host, command: sleep 1000, restart: unless-stopped}
                """);
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        killEngine();
        startAnotherEngine();
        assertThat(state("p-always-1")).isEqualTo("exited 137");
        reboot();
        await().untilAsserted(() -> assertThat(state("p-always-1")).isEqualTo("running"));
        assertThat(state("p-unless-1")).isEqualTo("exited 137");
    }

    /**
     * The processes and the run directory are gone, the data directory is as it was, and the kernel's boot is another.
     */
    private void reboot() throws IOException {
        killEngine();
        for (ProcessHandle process : ours()) {
            process.destroyForcibly();
        }
        await().until(() -> ours().isEmpty());
        new TreeRemoval(Linux.load()).remove(directory().resolve("run"));
        anotherBoot(directory().resolve("data/boot.json"));
        for (Path container : containers()) {
            anotherBoot(container.resolve("status.json"));
        }
        startAnotherEngine();
    }

    private static void anotherBoot(Path file) throws IOException {
        Files.writeString(file, Files.readString(file).replaceAll("\"bootId\":\"[^\"]+\"", "\"bootId\":\"another\""));
    }

    @Test
    void aContainerWhoseConfigurationIsDamagedIsSetAsideAndEverythingElseWorks() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  broken: {image: localhost/host, command: sleep 1000}
                """);
        String id = engine().container("p-broken-1").id();
        killEngine();
        Path data = directory().resolve("data");
        damage(data.resolve("containers").resolve(id).resolve("config.json"));
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("running");
        Path aside = data.resolve("quarantine").resolve(id);
        assertThat(aside.resolve("config.json")).exists();
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  broken: {image: localhost/host, command: sleep 1000}
                """);
        assertThat(state("p-broken-1")).isEqualTo("running");
        assertThat(engine().events())
                .anySatisfy(event -> assertThat(event)
                        .startsWith("PROJECT p Warning")
                        .contains(id.substring(0, 12), "cannot be read", aside.toString()));
    }

    @Test
    void aContainerWhoseStatusIsDamagedIsStoppedAndCanBeStartedAndRemoved() throws Exception {
        up("services: {web: {image: localhost/host, command: sleep 1000}}");
        String id = engine().container("p-web-1").id();
        killEngine();
        damage(directory().resolve("data/containers").resolve(id).resolve("status.json"));
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("created");
        assertThat(ours()).isEmpty();
        up("services: {web: {image: localhost/host, command: sleep 1000}}");
        assertThat(engine().container("p-web-1").id()).isEqualTo(id);
        assertThat(state("p-web-1")).isEqualTo("running");
    }

    @Test
    void whatWasFrozenWithoutAWordWhenTheEngineDiedGoesOn() throws Exception {
        up("services: {web: {image: localhost/host, command: sleep 1000}}");
        engine().engine().containers().pause("p-web-1");
        String id = engine().container("p-web-1").id();
        killEngine();
        Path status = directory().resolve("data/containers").resolve(id).resolve("status.json");
        assertThat(status).content().contains("\"PAUSED\"");
        Files.writeString(status, Files.readString(status).replace("\"PAUSED\"", "\"RUNNING\""));
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("running");
        assertThat(engine().exec("p-web-1", "true")).startsWith("0: ");
    }

    @Test
    void whatCannotBeTakenOverIsToldOfAndCanBeTakenDown() throws Exception {
        up("services: {web: {image: localhost/host, command: sleep 1000}}");
        killEngine();
        Path logs = containers().get(0).resolve("log");
        Path aside = Files.move(logs, directory().resolve("aside"));
        Files.createFile(logs);
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("running");
        engine().down();
        assertThat(engine().events()).anySatisfy(event -> assertThat(event).contains("p-web-1 is not watched over"));
        assertThat(ours()).isEmpty();
        assertThat(hasContainers()).isFalse();
        new TreeRemoval(Linux.load()).remove(aside);
    }

    private static void damage(Path file) throws IOException {
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));
    }

    @Test
    void whatAKilledEngineHadHalfRemovedIsRemovedByTheNext() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  db: {image: localhost/host, command: sleep 1000}
                """);
        String id = engine().container("p-web-1").id();
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        killEngine();
        Path data = directory().resolve("data").resolve("containers").resolve(id);
        Files.delete(data.resolve("config.json"));
        startAnotherEngine();
        assertThat(engine().engine().containers().list(Optional.of("p")))
                .singleElement()
                .satisfies(db -> assertThat(db.name()).isEqualTo("p-db-1"));
        assertThat(data).doesNotExist();
    }

    private List<Path> containers() throws IOException {
        try (Stream<Path> containers = Files.list(directory().resolve("data").resolve("containers"))) {
            return containers.toList();
        }
    }

    /** The processes of containers, and those that watch over them: they hold files of ours. */
    private List<ProcessHandle> ours() {
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
