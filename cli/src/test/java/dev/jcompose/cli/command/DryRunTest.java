package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.NOW;
import static dev.jcompose.cli.FakeEngine.container;
import static dev.jcompose.cli.FakeEngine.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.UpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code --dry-run}. The engine of these tests refuses whatever would change something. */
class DryRunTest {
    private static final String BUILDS = """
            name: shop
            services:
              app:
                image: registry.example/app
                build: .
              web:
                image: nginx
            """;

    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.containers = List.of(container("db", "running"), container("web", "paused"));
        world.engine.images = List.of(image("postgres:17"));
        world.engine.digests = Map.of("postgres:17", "sha256:aa", "nginx", "sha256:bb");
    }

    private static ImageSummary image(String name) {
        return ImageSummary.of("sha256:0123", List.of(name), 1, NOW, "linux/amd64");
    }

    @Test
    void pullSaysWhatRegistriesHave() {
        assertThat(world.run("--dry-run", "pull")).isZero();

        assertThat(world.err()).isEqualTo("""
                DRY-RUN MODE -  Image postgres:17 Pulling\s
                DRY-RUN MODE -  Image postgres:17 Pulled sha256:aa
                DRY-RUN MODE -  Image nginx Pulling\s
                DRY-RUN MODE -  Image nginx Pulled sha256:bb
                """);
        world.run("--dry-run", "pull", "--policy", "missing", "db");
        assertThat(world.err())
                .isEqualTo("DRY-RUN MODE -  Image postgres:17 Skipped Image is already present locally\n");
    }

    @Test
    void pullFailsWhereItWouldFail() {
        world.engine.digests = Map.of("postgres:17", "sha256:aa");

        assertThat(world.run("--dry-run", "pull")).isEqualTo(1);
        assertThat(world.err()).contains("Image nginx Error").endsWith("no nginx on its registry\n");
        assertThat(world.run("--dry-run", "pull", "--ignore-pull-failures")).isZero();
    }

    @Test
    void buildReadsDockerfilesOnly() {
        world = TestWorld.with(directory, BUILDS);

        assertThat(world.run("--dry-run", "build", "--push")).isZero();

        assertThat(world.engine.requests(BuildRequest.class)).allMatch(BuildRequest::checkOnly);
        assertThat(world.err()).isEqualTo("""
                DRY-RUN MODE -  Image registry.example/app Building\s
                DRY-RUN MODE -  Image registry.example/app Built\s
                DRY-RUN MODE -  Image registry.example/app Pushing\s
                DRY-RUN MODE -  Image registry.example/app Pushed\s
                """);
    }

    @Test
    void pushNeedsTheImage() {
        world = TestWorld.with(directory, BUILDS);

        assertThat(world.run("--dry-run", "push")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("cannot push \"registry.example/app\": there is no such image\n");

        world.engine.images = List.of(image("registry.example/app:latest"));
        assertThat(world.run("--dry-run", "push")).isZero();
        assertThat(world.err()).endsWith("DRY-RUN MODE -  Image registry.example/app Pushed \n");
    }

    @Test
    void execNeedsTheContainer() {
        assertThat(world.run("--dry-run", "exec", "db", "ls", "-l")).isZero();
        assertThat(world.err()).isEqualTo("DRY-RUN MODE - Executing command [\"ls\" \"-l\"] in shop-db-1\n");

        world.run("--dry-run", "exec", "-d", "db", "ls");
        assertThat(world.err()).isEqualTo("DRY-RUN MODE - Executing command [\"ls\"] in shop-db-1 (detached mode)\n");

        world.engine.containers = List.of();
        assertThat(world.run("--dry-run", "exec", "db", "ls")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("service \"db\" is not running\n");
    }

    @Test
    void rmOfWhatRunsTellsThatItIsStoppedAndRemoved() {
        world.engine.operation = (request, listener) -> listener.on(event("shop-db-1", Action.STOPPED, Status.DONE));

        assertThat(world.run("--dry-run", "rm", "-sf", "db")).isZero();

        assertThat(world.out()).isEqualTo("Going to remove shop-db-1\n");
        assertThat(world.err()).isEqualTo("""
                DRY-RUN MODE -  Container shop-db-1 Stopped\s
                DRY-RUN MODE -  Container shop-db-1 Removing\s
                DRY-RUN MODE -  Container shop-db-1 Removed\s
                """);
    }

    @Test
    void runTellsOfDependenciesAndOfTheOneOffContainer() {
        world.engine.operation = (request, listener) -> {
            listener.on(event("shop-db-1", Action.STARTED, Status.DONE));
        };

        assertThat(world.run("--dry-run", "run", "--rm", "--name", "once", "web", "true"))
                .isZero();

        UpRequest up = world.engine.requests(UpRequest.class).get(0);
        assertThat(up.execution().dryRun()).isTrue();
        assertThat(up.scale()).isEqualTo(Map.of("web", 1));
        assertThat(world.err()).isEqualTo("""
                DRY-RUN MODE -  Container shop-db-1 Started\s
                DRY-RUN MODE -  Container once Creating\s
                DRY-RUN MODE -  Container once Created\s
                DRY-RUN MODE -  Container once Starting\s
                DRY-RUN MODE -  Container once Started\s
                DRY-RUN MODE - Executing command ["true"] in once
                DRY-RUN MODE -  Container once Removed\s
                """);
    }

    @Test
    void runInventsTheNameThatTheEngineWouldChoose() {
        world.run("--dry-run", "run", "--no-deps", "db");

        assertThat(world.err()).containsPattern("Container shop-db-run-[0-9a-f]{12} Started");
    }

    @Test
    void pauseTellsOfThoseThatRun() {
        assertThat(world.run("--dry-run", "pause")).isZero();
        assertThat(world.err()).isEqualTo("""
                DRY-RUN MODE -  Container shop-db-1 Pausing\s
                DRY-RUN MODE -  Container shop-db-1 Paused\s
                """);

        assertThat(world.run("--dry-run", "pause", "web")).isEqualTo(1);
        assertThat(world.err()).endsWith("container shop-web-1 is already paused\n");
        assertThat(world.run("--dry-run", "unpause")).isZero();
        assertThat(world.engine.requests).isEmpty();
    }

    @Test
    void cpLooksAtBothPlaces() {
        assertThat(world.run("--dry-run", "cp", "compose.yaml", "db:/conf")).isZero();
        assertThat(world.err())
                .isEqualTo("DRY-RUN MODE -  Container shop-db-1 compose.yaml copied to shop-db-1:/conf \n");

        assertThat(world.run("--dry-run", "cp", "db:/conf", ".")).isZero();
        assertThat(world.err()).isEqualTo("DRY-RUN MODE -  Container shop-db-1 shop-db-1:/conf copied to . \n");

        assertThat(world.run("--dry-run", "cp", "nothing", "db:/conf")).isEqualTo(1);
    }

    @Test
    void commitTellsWhatItWouldMakeAnImageOf() {
        assertThat(world.run("--dry-run", "commit", "db", "snapshot")).isZero();
        assertThat(world.err()).endsWith("DRY-RUN MODE -  Container shop-db-1 Committed \n");
        assertThat(world.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch",
                "attach db",
                "network create a",
                "network connect a b",
                "network prune",
                "volume rm a",
                "rmi a"
            })
    void whatCannotBeRehearsedIsRefused(String command) {
        String[] words = ("--dry-run " + command).split(" ", -1);

        assertThat(world.run(words)).isEqualTo(1);
        assertThat(world.err()).endsWith("does not know --dry-run\n");
        assertThat(world.engine.requests).isEmpty();
    }
}
