package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands about services that there are. */
@RequiresRoot
class ServicesIT extends EngineScenario {
    private static final String CHAIN = """
            services:
              web: {image: localhost/host, command: sleep 1000, depends_on: {db: {condition: service_started, restart: %s}}}
              db: {image: localhost/host, command: sleep 1000}
            """;

    @Test
    void restartLeavesAStoppedDependencyAloneAndTakesADependantThatWantsItAlong() throws Exception {
        up(CHAIN.formatted("true"));
        engine().engine().projects().stop(TestEngine.services("db"), engine().listener());
        engine().engine().projects().restart(TestEngine.services("web"), engine().listener());
        assertThat(state("p-db-1")).startsWith("exited");
        assertThat(state("p-web-1")).isEqualTo("running");
        engine().forgetEvents();
        engine().engine().projects().restart(TestEngine.services("db"), engine().listener());
        assertThat(engine().events())
                .containsSubsequence(
                        "CONTAINER p-web-1 Restarting", "CONTAINER p-db-1 Started", "CONTAINER p-web-1 Started");
    }

    @Test
    void restartLeavesADependantAloneThatDoesNotWantIt() throws Exception {
        up(CHAIN.formatted("false"));
        engine().forgetEvents();
        engine().engine().projects().restart(TestEngine.services("db"), engine().listener());
        assertThat(engine().events()).noneMatch(event -> event.contains("p-web-1"));
    }

    @Test
    void whoSharesTheNetworkOfAServiceIsRestartedWhenThatCrashesAndComesAgain() throws Exception {
        up("""
                services:
                  owner:
                    image: localhost/host
                    command: sh -c "rm -f /die; while [ ! -e /die ]; do sleep 0.05; done; exit 3"
                    restart: always
                  sharer: {image: localhost/host, command: sleep 1000, network_mode: "service:owner", stop_grace_period: 0s}
                """);
        String before = engine().exec("p-sharer-1", "readlink", "/proc/self/ns/net");
        assertThat(engine().exec("p-owner-1", "touch", "/die")).isEqualTo("0: ");
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(engine().exec("p-sharer-1", "readlink", "/proc/self/ns/net"))
                        .startsWith("0: net:")
                        .isNotEqualTo(before)
                        .isEqualTo(engine().exec("p-owner-1", "readlink", "/proc/self/ns/net")));
    }

    @Test
    void onlyStoppedContainersAreRemoved() throws Exception {
        up(CHAIN.formatted("false"));
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        engine().engine().projects().remove(TestEngine.services(), engine().listener());
        assertThat(engine().engine().containers().list(Optional.of("p")))
                .extracting(ContainerSummary::name)
                .containsExactly("p-db-1");
    }

    @Test
    void aDryRunOfDownSaysWhatWouldGoAndLeavesIt() throws Exception {
        up(CHAIN.formatted("false"));
        engine().forgetEvents();
        engine().engine()
                .projects()
                .down(
                        new DownRequest(
                                "p", null, Set.of(), true, true, "none", 0, new Execution(true, Execution.UNLIMITED)),
                        engine().listener());
        assertThat(engine().events())
                .containsSubsequence(
                        "CONTAINER p-web-1 Stopped",
                        "CONTAINER p-db-1 Stopped",
                        "CONTAINER p-db-1 Removed",
                        "NETWORK p_default Removed");
        assertThat(state("p-web-1")).isEqualTo("running");
    }

    @Test
    void downOfAServiceTakesItsDependantsAndKeepsTheNetworkOfTheRest() throws Exception {
        up(CHAIN.formatted("false") + "  other: {image: localhost/host, command: sleep 1000}\n");
        engine().engine()
                .projects()
                .down(new DownRequest("p", null, Set.of("db"), false, false, "none", 0), engine().listener());
        assertThat(engine().engine().containers().list(Optional.of("p")))
                .extracting(ContainerSummary::name)
                .containsExactly("p-other-1");
        assertThat(engine().events()).anyMatch(event -> event.contains("p_default Resource is still in use"));
    }

    @Test
    void aProjectOfTheSameNameInAnotherDirectoryIsNotTouched() throws Exception {
        up(CHAIN.formatted("false"));
        Path other = Files.createDirectory(directory().resolve("other"));
        ServicesRequest elsewhere = inDirectory(other, "db", "web");
        assertThatThrownBy(() -> engine().engine().projects().stop(elsewhere, engine().listener()))
                .hasMessageContaining("project name \"p\" is in use by the project in " + directory());
        assertThatThrownBy(() -> engine().up(other, CHAIN.formatted("false")))
                .hasMessageContaining("choose another with -p");
        assertThat(state("p-db-1")).isEqualTo("running");
    }

    @Test
    void containersThatTheFileDoesNotHaveAreLeftAloneUnlessTheyAreNamed() throws Exception {
        up("""
                services:
                  db: {image: localhost/host, command: sleep 1000}
                  gone: {image: localhost/host, command: sleep 1000}
                """);
        var projects = engine().engine().projects();
        projects.stop(inDirectory(directory(), "db"), engine().listener());
        assertThat(state("p-db-1")).isEqualTo("exited 137");
        assertThat(state("p-gone-1")).isEqualTo("running");
        engine().forgetEvents();
        projects.restart(inDirectory(directory(), "db", "neverMade"), engine().listener());
        assertThat(state("p-db-1")).isEqualTo("running");
        assertThat(engine().events()).noneMatch(event -> event.contains("p-gone-1"));
        projects.stop(TestEngine.services("gone"), engine().listener());
        assertThat(state("p-gone-1")).isEqualTo("exited 137");
    }

    private static ServicesRequest inDirectory(Path project, String... known) {
        return new ServicesRequest(new ServiceScope("p", project.toString(), Set.of(known), Set.of()), 0, null, false);
    }

    @Test
    void aProjectOfWhichOnlyAVolumeIsLeftIsStillListed() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, volumes: ["data:/data"]}
                volumes: {data: {}}
                """);
        assertThat(engine().engine().projects().list())
                .extracting(ProjectSummary::status)
                .containsExactly("running(1)");
        engine().downWithoutVolumes();
        assertThat(engine().engine().projects().list())
                .singleElement()
                .satisfies(project ->
                        assertThat(project.name() + " " + project.status()).isEqualTo("p volumes(1)"));
    }
}
