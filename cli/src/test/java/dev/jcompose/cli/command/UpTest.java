package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.write.ProjectReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.operation = (request, listener) -> {
            listener.on(event(Event.Resource.NETWORK, "shop_default", "Created", Event.Status.DONE, ""));
            listener.on(event("shop-db-1", Event.Action.CREATING, Event.Status.WORKING));
            listener.on(event("shop-db-1", Event.Action.STARTED, Event.Status.DONE));
        };
    }

    @Test
    void detachedItPrintsALinePerEventOnStandardError() {
        assertThat(world.run("up", "-d")).isZero();

        assertThat(world.out()).isEmpty();
        assertThat(world.err()).isEqualTo("""
                         Network shop_default Created\s
                         Container shop-db-1 Creating\s
                         Container shop-db-1 Started\s
                        """);
    }

    @Test
    void progressAsJsonIsAnObjectPerEvent() {
        world.run("--progress", "json", "up", "-d");

        assertThat(world.err().lines().skip(1))
                .first()
                .isEqualTo("{\"id\":\"Container shop-db-1\",\"status\":\"Working\",\"text\":\"Creating\"}");
    }

    @Test
    void quietProgressIsNone() {
        world.environment.put("COMPOSE_PROGRESS", "quiet");

        world.run("up", "-d");

        assertThat(world.err()).isEmpty();
    }

    @Test
    void buildsGetTheVariablesThatTheirSecretsNameAndNoOthers(@TempDir Path other) {
        world = TestWorld.with(other, """
                services:
                  web: {build: {context: ., secrets: [token]}}
                secrets:
                  token: {environment: A_TOKEN}
                """);
        world.environment.put("A_TOKEN", "x");
        world.environment.put("OTHER", "y");
        world.environment.put("SSH_AUTH_SOCK", "/s");

        world.run("up", "-d", "--build");

        assertThat(world.engine.requests(UpRequest.class).get(0).images().environment())
                .isEqualTo(Map.of("A_TOKEN", "x", "SSH_AUTH_SOCK", "/s"));
    }

    @Test
    void theOptionsReachTheEngine() {
        world.run("up", "--wait", "--wait-timeout", "9", "--force-recreate", "--no-deps", "--no-start");

        UpRequest first = world.engine.requests(UpRequest.class).get(0);
        assertThat(ProjectReader.fromJson(first.projectJson()).servicesByName()).containsOnlyKeys("db", "web");
        assertThat(first)
                .isEqualTo(UpRequest.builder(first.projectJson())
                        .noDeps(true)
                        .recreate(UpRequest.Recreate.FORCE)
                        .noStart(true)
                        .awaitReady(true)
                        .waitTimeoutSeconds(9)
                        .build());
    }

    @Test
    void scaleTimeoutAndOrphansReachTheEngine() {
        world.run("up", "-d", "--scale", "web=3", "-t", "2", "-V", "--remove-orphans", "web");

        UpRequest request = world.engine.requests(UpRequest.class).get(0);
        assertThat(request.services()).containsExactly("web");
        assertThat(request.scale()).isEqualTo(Map.of("web", 3));
        assertThat(request.stopTimeoutSeconds()).isEqualTo(2);
        assertThat(request.renewAnonymousVolumes()).isTrue();
        assertThat(request.removeOrphans()).isTrue();
    }

    @Test
    void renewedAnonymousVolumesNeedNewContainersAndDependenciesCanHaveThemToo() {
        world.run("up", "-d", "-V", "--always-recreate-deps", "web");

        UpRequest request = world.engine.requests(UpRequest.class).get(0);
        assertThat(request.recreate()).isEqualTo(UpRequest.Recreate.FORCE);
        assertThat(request.recreateDependencies()).isEqualTo(UpRequest.Recreate.FORCE);
    }

    @Test
    void aDryRunAndItsLimitReachTheEngineAndEveryLineSaysThatItIsOne() {
        world.engine.operation =
                (request, listener) -> listener.on(event("shop-db-1", Event.Action.STARTED, Event.Status.DONE));

        assertThat(world.run("--dry-run", "--parallel", "3", "up")).isZero();

        assertThat(world.engine.requests(UpRequest.class).get(0).execution()).isEqualTo(new Execution(true, 3));
        assertThat(world.err()).isEqualTo("""
                        DRY-RUN MODE -  Container shop-db-1 Started\s
                        end of 'jcompose up' output, interactive run is not supported in dry-run mode
                        """);
    }

    @Test
    void theLimitCanComeFromAVariableAndMustBeANumber() {
        world.environment.put("COMPOSE_PARALLEL_LIMIT", "5");
        world.run("up", "-d");
        assertThat(world.engine.requests(UpRequest.class).get(0).execution().parallel())
                .isEqualTo(5);

        world.environment.put("COMPOSE_PARALLEL_LIMIT", "x");
        assertThat(world.run("up", "-d")).isEqualTo(1);
        assertThat(world.err()).endsWith("COMPOSE_PARALLEL_LIMIT must be an integer (found: \"x\")\n");
    }

    @Test
    void withoutATerminalAChangedVolumeIsKeptUnlessTheAnswerIsGiven() {
        world.run("up", "-d");
        world.run("up", "-d", "-y");

        assertThat(world.engine.requests(UpRequest.class))
                .extracting(UpRequest::changedVolumes)
                .containsExactly(UpRequest.ChangedVolumes.KEEP, UpRequest.ChangedVolumes.RECREATE);
    }

    @Test
    void onATerminalTheUserIsAskedBeforeAVolumeIsLost() {
        world.onTerminal();
        world.input("y\n");
        world.engine.operation = (request, listener) -> {
            if (((UpRequest) request).changedVolumes() == UpRequest.ChangedVolumes.ASK) {
                throw new EngineException(EngineException.Kind.QUESTION, "Recreate (data will be lost)?");
            }
        };

        assertThat(world.run("up", "-d")).isZero();

        assertThat(world.out()).isEqualTo("Recreate (data will be lost)? [yN] ");
        assertThat(world.engine.requests(UpRequest.class).get(1).changedVolumes())
                .isEqualTo(UpRequest.ChangedVolumes.RECREATE);
    }

    @Test
    void aVariableCanAskForOrphansToBeRemoved() {
        world.environment.put("COMPOSE_REMOVE_ORPHANS", "1");

        world.run("up", "-d");

        assertThat(world.engine.requests(UpRequest.class).get(0).removeOrphans())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--wait-timeout -1                | --wait-timeout must be a non-negative integer",
                "--build --no-build               | --build and --no-build are incompatible",
                "--force-recreate --no-recreate   | --force-recreate and --no-recreate are incompatible",
                "--no-recreate -V                 | --no-recreate and --renew-anon-volumes are incompatible",
                "--always-recreate-deps --no-recreate | --always-recreate-deps and --no-recreate are incompatible",
                "-d --attach db                   | --detach cannot be combined with --abort-on-container-exit,"
                        + " --abort-on-container-failure, --attach, --attach-dependencies or --watch",
                "--wait --exit-code-from db       | --wait cannot be combined with --abort-on-container-exit, --attach"
                        + " or --attach-dependencies",
                "--attach db --attach-dependencies | cannot combine --attach and --attach-dependencies",
                "--attach web db                  | cannot attach to services not included in up: web",
                "-d nope                          | no such service: nope",
                "-d --scale web=x                 | invalid --scale option \"web=x\": not a number",
                "-d --pull sometimes              | invalid --pull option \"sometimes\"",
                "-d --nope                        | unknown flag: --nope",
                "-d -Z                            | unknown shorthand flag: 'Z' in -Z",
                "-d -f x.yaml                     | unknown shorthand flag: 'f' in -f;"
                        + " it goes before the command: jcompose -f FILE up",
                "--dry-run                        | unknown flag: --dry-run;"
                        + " it goes before the command: jcompose --dry-run up"
            })
    void whatMakesNoSenseIsRefusedInTheWordsOfDockerCompose(String arguments, String message) {
        assertThat(world.run(("up " + arguments).split(" +"))).isEqualTo(1);

        assertThat(world.err()).isEqualTo(message + "\n");
        assertThat(world.engine.requests).isEmpty();
    }

    @Test
    void theEnginesWordsArePassedOn() {
        world.engine.operation = (request, listener) -> {
            throw new EngineException(
                    EngineException.Kind.CONFLICT, "port 8080/tcp on 0.0.0.0 is in use by nginx (pid 7)");
        };

        assertThat(world.run("up", "-d")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("port 8080/tcp on 0.0.0.0 is in use by nginx (pid 7)\n");
    }

    @Test
    void aMistakeInTheFileStartsNothing(@TempDir Path other) {
        TestWorld wrong = TestWorld.with(other, "services:\n  web:\n    image: nginx\n    ports: [\"99999:80\"]\n");

        assertThat(wrong.run("up", "-d")).isEqualTo(1);
        assertThat(wrong.err()).startsWith("compose.yaml:4:13: services.web.ports[0]: Invalid hostPort");
        assertThat(wrong.engine.requests).isEmpty();
    }

    @Test
    void withoutServicesThereIsNothingToSelect(@TempDir Path other) {
        TestWorld none = TestWorld.with(other, "name: none\nservices:\n  a:\n    image: a\n    profiles: [x]\n");

        assertThat(none.run("up", "-d")).isEqualTo(1);
        assertThat(none.err()).isEqualTo("no service selected\n");
    }

    @Test
    void warningsOfTheEngineLookLikeWarnings() {
        world.engine.operation = (request, listener) -> listener.on(
                event(Event.Resource.PROJECT, "shop", Event.Action.WARNING, Event.Status.WARNING, "Found \"orphans\""));

        world.run("up", "-d");

        assertThat(world.err())
                .isEqualTo("time=\"2026-01-02T15:04:05Z\" level=warning msg=\"Found \\\"orphans\\\"\"\n");
    }
}
