package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.container;
import static dev.jcompose.cli.FakeEngine.event;
import static dev.jcompose.cli.FakeEngine.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.LogEntry.Source;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AttachedRunTest {
    @TempDir
    private Path directory;

    private TestWorld world;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.containers = List.of(container("web", "running"), container("db", "running"));
        world.engine.operation = (request, listener) -> {
            if (request instanceof ServicesRequest) {
                stopped.countDown();
            }
        };
    }

    private ServiceScope scope(String... named) {
        return new ServiceScope("shop", directory.toString(), Set.of("db", "web"), Set.of(named));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new EngineException(EngineException.Kind.CANCELLED, "canceled", e);
        }
    }

    @Test
    void showsTheOutputUntilAllHaveEnded() {
        world.engine.logs = (request, listener) -> {
            listener.on(line("db-1", Source.STDOUT, "ready"));
            listener.on(line("web-1", Source.ENGINE, "exited with code 3"));
        };

        assertThat(world.run("up")).isZero();

        assertThat(world.out()).isEqualTo("Attaching to db-1, web-1\ndb-1   | ready\nweb-1 exited with code 3\n");
        assertThat(world.engine.requests(ServicesRequest.class)).isEmpty();
    }

    @Test
    void onlyNamedServicesAreAttached() {
        assertThat(world.run("up", "web")).isZero();

        assertThat(world.out()).isEqualTo("Attaching to web-1\n");
        assertThat(world.engine.requests(LogsRequest.class))
                .singleElement()
                .satisfies(request -> assertThat(request.services()).containsExactly("web"));
    }

    @Test
    void outputIsShownWhileOthersAreStillBeingStarted() {
        CountDownLatch shown = new CountDownLatch(1);
        world.engine.operation = (request, listener) -> {
            listener.on(event("shop-db-1", Event.Action.STARTED, Event.Status.DONE));
            await(shown);
        };
        world.engine.logs = (request, listener) -> {
            listener.on(line("db-1", Source.STDOUT, "ready"));
            shown.countDown();
        };

        assertThat(world.run("up")).isZero();

        assertThat(world.out()).isEqualTo("Attaching to db-1, web-1\ndb-1   | ready\n");
    }

    @Test
    void aContainerThatEndsWhileOthersAreStillBeingStartedCanEndEverything() {
        world.engine.operation = (request, listener) -> {
            if (request instanceof ServicesRequest) {
                stopped.countDown();
                return;
            }
            listener.on(event("shop-db-1", Event.Action.STARTED, Event.Status.DONE));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
            }
        };
        world.engine.logs = (request, listener) -> listener.on(line("db-1", Source.ENGINE, "exited with code 4"));

        assertThat(world.run("up", "--abort-on-container-exit")).isEqualTo(4);

        assertThat(world.err()).contains("Aborting on container exit...");
    }

    @Test
    void ctrlCStopsTheNamedServicesAndEndsWith130() {
        world.engine.logs = (request, listener) -> {
            world.interrupt();
            await(stopped);
            listener.on(line("web-1", Source.STDOUT, "bye"));
        };

        assertThat(world.run("up", "-t", "4", "web")).isEqualTo(130);

        assertThat(world.err()).isEqualTo("Gracefully Stopping... press Ctrl+C again to force\n");
        assertThat(world.out()).endsWith("web-1  | bye\n");
        assertThat(world.engine.requests).endsWith("stop", new ServicesRequest(scope("web"), 4, null, false));
    }

    @Test
    void theSecondCtrlCKills() {
        CountDownLatch killed = new CountDownLatch(1);
        world.engine.operation = (request, listener) -> {
            if (request instanceof ServicesRequest services) {
                if (services.signal() == null) {
                    stopped.countDown();
                    await(killed);
                } else {
                    killed.countDown();
                }
            }
        };
        world.engine.logs = (request, listener) -> {
            world.interrupt();
            await(stopped);
            world.interrupt();
            await(killed);
        };

        assertThat(world.run("up")).isEqualTo(130);

        assertThat(world.engine.requests).contains("kill", new ServicesRequest(scope(), null, "SIGKILL", false));
    }

    @Test
    void ctrlCWhileItStartsGivesUpAndStops() {
        world.engine.operation = (request, listener) -> {
            if (request instanceof UpRequest) {
                world.interrupt();
                await(new CountDownLatch(1));
            }
        };

        assertThat(world.run("up")).isEqualTo(130);

        assertThat(world.out()).isEmpty();
        assertThat(world.engine.requests).contains("stop");
    }

    @Test
    void whenOutputNeverEndsItIsCutOffAfterTheStop() {
        world.engine.logs = (request, listener) -> {
            world.interrupt();
            await(new CountDownLatch(1));
        };

        assertThat(world.run("up")).isEqualTo(130);
    }

    @Test
    void theFirstExitCanEndEverythingAndGivesTheCode() {
        world.engine.logs = (request, listener) -> {
            listener.on(line("web-1", Source.ENGINE, "exited with code 1 (restarting)"));
            listener.on(line("web-1", Source.ENGINE, "exited with code 5"));
            await(stopped);
            listener.on(line("db-1", Source.ENGINE, "exited with code 0"));
        };

        assertThat(world.run("up", "--abort-on-container-exit")).isEqualTo(5);

        assertThat(world.err()).isEqualTo("Aborting on container exit...\n");
    }

    @Test
    void theEndOfAOneOffContainerEndsNothing() {
        world.engine.logs = (request, listener) -> {
            listener.on(line("web-run-0123456789ab", Source.ENGINE, "exited with code 6"));
            assertThat(world.engine.requests).doesNotContain("stop");
            listener.on(line("web-1", Source.ENGINE, "exited with code 5"));
            await(stopped);
        };

        assertThat(world.run("up", "--abort-on-container-exit")).isEqualTo(5);
    }

    @Test
    void onlyAFailureEndsEverythingIfAskedSo() {
        world.engine.logs = (request, listener) -> {
            listener.on(line("web-1", Source.ENGINE, "exited with code 0"));
            assertThat(world.engine.requests).doesNotContain("stop");
            listener.on(line("db-1", Source.ENGINE, "exited with code 9"));
            await(stopped);
        };

        assertThat(world.run("up", "--abort-on-container-failure")).isEqualTo(9);
    }

    @Test
    void theExitCodeOfOneServiceCanBeWantedWhenAnotherFails() {
        world.engine.logs = (request, listener) -> {
            listener.on(line("web-1", Source.ENGINE, "exited with code 0"));
            assertThat(world.engine.requests).doesNotContain("stop");
            listener.on(line("web-1", Source.ENGINE, "exited with code 9"));
            await(stopped);
            listener.on(line("db-1", Source.ENGINE, "exited with code 3"));
        };

        assertThat(world.run("up", "--abort-on-container-failure", "--exit-code-from", "db"))
                .isEqualTo(3);
    }

    @Test
    void theExitCodeCanComeFromOneService() {
        world.engine.logs = (request, listener) -> {
            listener.on(line("web-1", Source.ENGINE, "exited with code 5"));
            await(stopped);
            listener.on(line("db-1", Source.ENGINE, "exited with code 7"));
        };

        assertThat(world.run("up", "--exit-code-from", "db")).isEqualTo(7);
    }

    @Test
    void aFailedUpShowsWhatTheContainersSaid() {
        world.engine.operation = (request, listener) -> {
            throw new EngineException(
                    EngineException.Kind.FAILED, "dependency failed to start: container shop-db-1 exited (1)");
        };
        world.engine.logs = (request, listener) -> listener.on(line("db-1", Source.STDOUT, "no space left"));

        assertThat(world.run("up")).isEqualTo(1);

        assertThat(world.out()).isEqualTo("db-1  | no space left\n");
        assertThat(world.err()).isEqualTo("dependency failed to start: container shop-db-1 exited (1)\n");
    }
}
