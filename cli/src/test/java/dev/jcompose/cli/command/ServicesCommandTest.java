package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.FakeEngine;
import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesCommandTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
    }

    @Test
    void stopStartAndRestartAskTheEngine() {
        world.run("stop", "-t", "3", "db");
        world.run("start");
        world.run("restart", "--no-deps", "-t", "1", "web");

        assertThat(world.engine.requests)
                .containsExactly(
                        "stop",
                        of(3, null, false, "db"),
                        "start",
                        of(null, null, false),
                        "restart",
                        of(1, null, true, "web"));
    }

    @Test
    void killSendsTheSignalAndSaysWhenThereIsNothingToKill() {
        assertThat(world.run("kill", "-s", "SIGHUP")).isZero();

        assertThat(world.engine.requests).containsExactly("kill", of(null, "SIGHUP", false));
        assertThat(world.err()).isEqualTo("No container to kill\n");

        world.engine.operation =
                (request, listener) -> listener.on(event("shop-db-1", Event.Action.KILLED, Event.Status.DONE));
        world.run("kill");
        assertThat(world.err()).isEqualTo(" Container shop-db-1 Killed \n");
    }

    @Test
    void downPassesItsOptionsOn() {
        world.engine.operation =
                (request, listener) -> listener.on(event("shop-db-1", Event.Action.REMOVED, Event.Status.DONE));

        assertThat(world.run("down", "-v", "--remove-orphans", "--rmi", "local", "-t", "0"))
                .isZero();

        DownRequest request = world.engine.requests(DownRequest.class).get(0);
        assertThat(request).isEqualTo(new DownRequest("shop", request.projectJson(), Set.of(), true, true, "local", 0));
        assertThat(request.projectJson()).contains("\"postgres:17\"");
        assertThat(world.err()).isEqualTo(" Container shop-db-1 Removed \n");
    }

    @Test
    void killLeavesOrphansAloneUnlessTheyAreMeantToo() {
        world.run("kill", "--remove-orphans");

        ServiceScope everything = new ServiceScope("shop", directory.toString(), null, Set.of());
        assertThat(world.engine.requests)
                .containsExactly("kill", new ServicesRequest(everything, null, "SIGKILL", false));
    }

    @Test
    void startCanWaitUntilEverythingIsReady() {
        world.run("start", "--wait", "--wait-timeout", "7", "db");

        assertThat(world.engine.requests)
                .containsExactly("start", of(null, null, false, "db").awaitingReady(7));
    }

    @Test
    void everyChangeCanBeADryRun() {
        world.run("--dry-run", "stop");
        world.run("--dry-run", "down");

        assertThat(world.engine
                        .requests(ServicesRequest.class)
                        .get(0)
                        .execution()
                        .dryRun())
                .isTrue();
        assertThat(world.engine.requests(DownRequest.class).get(0).execution().dryRun())
                .isTrue();
    }

    @Test
    void rmAsksWithTheNamesOfStoppedContainersAndDoesNothingWithoutAYes() {
        world.engine.containers.add(FakeEngine.container("db", "exited"));
        world.engine.containers.add(FakeEngine.container("web", "running"));

        assertThat(world.run("rm")).isZero();
        assertThat(world.out()).isEqualTo("Going to remove shop-db-1 [yN] ");
        assertThat(world.engine.requests).isEmpty();

        world.input("y\n");
        world.run("rm", "-v");
        assertThat(world.engine.requests)
                .containsExactly("remove", of(null, null, false).withVolumes(true));
    }

    @Test
    void rmCanStopFirstAndNeedsNoAnswerWhenForced() {
        world.engine.containers.add(FakeEngine.container("db", "exited"));

        world.run("rm", "-fs");

        assertThat(world.out()).isEqualTo("Going to remove shop-db-1\n");
        assertThat(world.engine.requests)
                .containsExactly("stop", of(null, null, false), "remove", of(null, null, false));
    }

    @Test
    void rmSaysWhenThereIsNothingToRemove() {
        assertThat(world.run("rm", "-f")).isZero();

        assertThat(world.err()).isEqualTo("No stopped containers\n");
        assertThat(world.engine.requests).isEmpty();
    }

    @Test
    void scaleIsAnUpOfTheServicesWithOtherNumbers() {
        assertThat(world.run("scale", "web=3", "--no-deps")).isZero();

        UpRequest request = world.engine.requests(UpRequest.class).get(0);
        assertThat(request)
                .isEqualTo(UpRequest.builder(request.projectJson())
                        .services(Set.of("web"))
                        .noDeps(true)
                        .scale(Map.of("web", 3))
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web    | invalid scale specifier: web",
                "web=x  | invalid scale specifier: can't parse replica value as int: web=x",
                "nope=1 | no such service: nope"
            })
    void scaleRefusesWhatItCannotRead(String specifier, String message) {
        assertThat(world.run("scale", specifier)).isEqualTo(1);
        assertThat(world.err()).isEqualTo(message + "\n");
    }

    @Test
    void downWorksByNameAlone(@TempDir Path empty) {
        TestWorld elsewhere = TestWorld.in(empty);
        elsewhere.environment.put("COMPOSE_PROJECT_NAME", "shop");

        assertThat(elsewhere.run("down")).isZero();

        assertThat(elsewhere.engine.requests)
                .containsExactly(new DownRequest("shop", null, Set.of(), false, false, "none", null));
    }

    @Test
    void downRefusesAnUnknownKindOfImages() {
        assertThat(world.run("down", "--rmi", "some")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("invalid value for --rmi: \"some\"\n");
    }

    private ServicesRequest of(
            @Nullable Integer timeoutSeconds, @Nullable String signal, boolean noDeps, String... services) {
        ServiceScope scope = new ServiceScope("shop", directory.toString(), Set.of("db", "web"), Set.of(services));
        return new ServicesRequest(scope, timeoutSeconds, signal, noDeps);
    }
}
