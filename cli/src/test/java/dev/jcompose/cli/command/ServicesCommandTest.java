package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.ServicesRequest;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                        new ServicesRequest("shop", Set.of("db"), 3, null, false),
                        "start",
                        new ServicesRequest("shop", Set.of(), null, null, false),
                        "restart",
                        new ServicesRequest("shop", Set.of("web"), 1, null, true));
    }

    @Test
    void killSendsTheSignalAndSaysWhenThereIsNothingToKill() {
        assertThat(world.run("kill", "-s", "SIGHUP")).isZero();

        assertThat(world.engine.requests)
                .containsExactly("kill", new ServicesRequest("shop", Set.of(), null, "SIGHUP", false));
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
    void downOfNothingIsAWarning() {
        assertThat(world.run("down")).isZero();

        assertThat(world.err()).isEqualTo("Warning: No resource found to remove for project \"shop\".\n");
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
}
