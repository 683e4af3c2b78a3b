package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.NOW;
import static dev.jcompose.cli.FakeEngine.container;
import static dev.jcompose.cli.FakeEngine.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.ProjectSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingsTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.projects = List.of(
                new ProjectSummary("shop", "running(2)", List.of("/srv/shop/compose.yaml")),
                new ProjectSummary("old", "exited(1)", List.of("/srv/old/compose.yaml")));
        world.engine.images = List.of(ImageSummary.of(
                "sha256:0123456789abcdef", List.of("postgres:17"), 138_400_000, NOW.minusSeconds(7200), "linux/amd64"));
        world.engine.containers = List.of(container("db", "running", new Publisher("0.0.0.0", 5432, 49153, "tcp")));
    }

    @Test
    void lsShowsProjectsThatRun() {
        world.run("ls");
        assertThat(world.out()).isEqualTo("""
                NAME                STATUS              CONFIG FILES
                shop                running(2)          /srv/shop/compose.yaml
                """);

        world.run("ls", "-a", "-q");
        assertThat(world.out()).isEqualTo("old\nshop\n");

        world.run("ls", "--format", "json", "--filter", "name=sh.*");
        assertThat(world.out())
                .isEqualTo(
                        "[{\"Name\":\"shop\",\"Status\":\"running(2)\",\"ConfigFiles\":\"/srv/shop/compose.yaml\"}]\n");
    }

    @Test
    void lsRefusesOtherFilters() {
        assertThat(world.run("ls", "--filter", "size=1")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("invalid filter 'size'\n");
    }

    @Test
    void imagesAreThoseOfTheContainers() {
        world.run("images");

        assertThat(world.out()).isEqualTo("""
                CONTAINER           REPOSITORY          TAG                 PLATFORM            IMAGE ID            SIZE                CREATED
                shop-db-1           postgres            17                  linux/amd64         0123456789ab        138MB               2 hours ago
                """);
    }

    @Test
    void allImagesAreThoseOfTheStore() {
        world.run("images", "--all", "-q");

        assertThat(world.out()).isEqualTo("0123456789abcdef\n");
    }

    @Test
    void portPrintsWhereAPortIsPublished() {
        assertThat(world.run("port", "db", "5432")).isZero();
        assertThat(world.out()).isEqualTo("0.0.0.0:49153\n");

        world.engine.containers = List.of(container(
                "db",
                "running",
                new Publisher("0.0.0.0", 5432, 49153, "tcp"),
                new Publisher("::", 5432, 49153, "tcp"),
                new Publisher("::1", 53, 5353, "udp")));
        world.run("port", "db", "5432");
        assertThat(world.out()).isEqualTo("0.0.0.0:49153\n");
        world.run("port", "--protocol", "udp", "db", "53");
        assertThat(world.out()).isEqualTo("[::1]:5353\n");
        world.run("port", "db");
        assertThat(world.out()).isEqualTo("5432/tcp -> 0.0.0.0:49153\n5432/tcp -> [::]:49153\n53/udp -> [::1]:5353\n");

        assertThat(world.run("port", "db", "80")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("no port 80/tcp for container shop-db-1: 5432/tcp, 53/udp\n");

        world.engine.containers = List.of(container("db", "running", new Publisher("", 5432, 0, "tcp")));
        assertThat(world.run("port", "db", "5432")).isEqualTo(1);
        assertThat(world.err()).endsWith("no port 5432/tcp for container shop-db-1: 5432/tcp (not published)\n");
    }

    @Test
    void eventsAreInDockersWords() {
        world.engine.operation = (request, listener) -> {
            listener.on(event("shop-db-1", Event.Action.STARTING, Event.Status.WORKING));
            listener.on(event("shop-db-1", Event.Action.STARTED, Event.Status.DONE));
        };

        world.run("events");
        assertThat(world.out()).isEqualTo("2026-01-02 15:04:05.000000 container start 0123 (name=shop-db-1)\n\n");

        world.run("events", "--json", "db");
        assertThat(world.out())
                .isEqualTo(
                        "{\"time\":\"2026-01-02T15:04:05Z\",\"type\":\"container\",\"service\":\"db\",\"id\":\"0123\","
                                + "\"action\":\"start\",\"attributes\":{\"name\":\"shop-db-1\"}}\n");
    }

    @Test
    void eventsGoOnAfterTheLastOneWithTheNextEngine() {
        world.engine.operation = (request, listener) -> {
            if (world.engine.requests.size() == 1) {
                listener.on(event("shop-db-1", Event.Action.STARTED, Event.Status.DONE));
                throw new EngineException(EngineException.Kind.LOST, "the engine went away");
            }
        };

        assertThat(world.run("events")).isZero();

        assertThat(world.engine.requests)
                .containsExactly(
                        new EventsRequest(Optional.of("shop"), null, null),
                        new EventsRequest(Optional.of("shop"), NOW.plusNanos(1), null));
    }

    @Test
    void loadReadsAFileOrStandardInput() throws Exception {
        Files.writeString(directory.resolve("x.tar"), "12345");
        world.run("load", "-i", "x.tar");
        assertThat(world.out()).isEqualTo("Loaded image: postgres:17\nLoaded image ID: sha256:bb\n");

        world.input("123");
        world.run("load", "-q");
        assertThat(world.out()).isEmpty();
        assertThat(world.engine.requests).containsExactly("load 5", "load 3");

        assertThat(world.run("load", "-i", "nope.tar")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("open nope.tar: no such file or directory\n");
    }

    @Test
    void loadFromATerminalMakesNoSense() {
        world.onTerminal();

        assertThat(world.run("load")).isEqualTo(1);
        assertThat(world.err()).startsWith("requested load from stdin, but stdin is empty");
    }

    @Test
    void theEngineCanBeSeenAndStopped() {
        world.run("engine");
        assertThat(world.out()).isEqualTo("running: version 0.1.0, build abc, pid 42\n");

        world.run("engine", "stop", "--force");
        assertThat(world.engine.requests).containsExactly("stop engine true");
    }
}
