package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.DownRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerCommandsTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.containers = List.of(container("db", "running"), container("web", "exited"));
    }

    @Test
    void pauseAndUnpauseWorkOnWhatRuns() {
        assertThat(world.run("pause")).isZero();
        assertThat(world.err()).isEqualTo(" Container shop-db-1 Pausing \n Container shop-db-1 Paused \n");
        assertThat(world.run("unpause", "db", "web")).isZero();
        assertThat(world.err()).isEqualTo(" Container shop-db-1 Unpausing \n Container shop-db-1 Unpaused \n");
        assertThat(world.run("pause", "web")).isZero();

        assertThat(world.engine.requests).containsExactly("pause shop-db-1", "unpause shop-db-1");
    }

    @Test
    void waitPrintsHowEachEndedAndExitsWithTheLastCode() {
        world.engine.exitCode = 3;

        assertThat(world.run("wait", "db")).isEqualTo(3);

        assertThat(world.out())
                .isEqualTo("container \"%s\" exited with status code 3%n"
                        .formatted(container("db", "running").id()));
        assertThat(world.run("wait", "web")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("no containers for project \"shop\"\n");
    }

    @Test
    void waitCanTakeTheProjectDown() {
        world.run("wait", "--down-project", "db");

        assertThat(world.engine.requests(DownRequest.class))
                .singleElement()
                .satisfies(down -> assertThat(down.removeOrphans()).isTrue());
    }
}
