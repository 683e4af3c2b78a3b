package dev.jcompose.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineOverSocketTest {
    private static final LogsRequest ALL_LOGS = new LogsRequest("shop", Set.of(), true, null, null, null, null);

    @TempDir
    private Path directory;

    private ServedEngine served;

    @BeforeEach
    void serve() throws Exception {
        served = new ServedEngine(directory);
    }

    @AfterEach
    void stop() throws Exception {
        served.close();
    }

    @Test
    void onlyTheOwnerMayUseTheSocket() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(served.socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void aSocketThatADeadEngineLeftIsReplaced() throws Exception {
        served.close();
        Files.createFile(served.socket);

        served = new ServedEngine(directory);

        assertThat(served.client.version())
                .isEqualTo(new EngineVersion(
                        "0.1.0", "abc", ProcessHandle.current().pid()));
    }

    @Test
    void anOperationGetsItsRequestAndGivesItsEvents() {
        Event working = FakeEngine.event(Event.Action.CREATING, Event.Status.WORKING);
        Event done = FakeEngine.event(Event.Action.CREATED, Event.Status.DONE);
        served.engine.operation = (request, listener) -> {
            listener.on(working);
            listener.on(done);
        };
        UpRequest request = UpRequest.builder("{\"name\":\"shöp\"}")
                .services(Set.of("db", "web"))
                .noDeps(true)
                .recreate(UpRequest.Recreate.FORCE)
                .recreateDependencies(UpRequest.Recreate.NEVER)
                .noStart(true)
                .removeOrphans(true)
                .ignoreOrphans(true)
                .renewAnonymousVolumes(true)
                .changedVolumes(UpRequest.ChangedVolumes.RECREATE)
                .scale(Map.of("web", 3))
                .awaitReady(true)
                .waitTimeoutSeconds(60)
                .stopTimeoutSeconds(5)
                .images(new ImageOptions("always", true, true, true, true, Map.of("HOME", "/root")))
                .execution(new Execution(true, 7))
                .build();
        List<Event> events = new ArrayList<>();

        served.client.projects().up(request, events::add);

        assertThat(served.engine.requests).containsExactly(request);
        assertThat(events).containsExactly(working, done);
    }

    @Test
    void everyOperationReachesItsOwnMethod() {
        DownRequest down = new DownRequest("shop", "{}", Set.of("db"), true, true, "local", 3);
        ServiceScope scope = new ServiceScope("shop", "/srv/shop", Set.of("db", "web"), Set.of("db"));
        ServicesRequest services = new ServicesRequest(scope, null, "SIGHUP", true)
                .withVolumes(true)
                .awaitingReady(9)
                .with(new Execution(true, 2));

        served.client.projects().down(down, event -> {});
        served.client.projects().start(services, event -> {});
        served.client.projects().stop(services, event -> {});
        served.client.projects().restart(services, event -> {});
        served.client.projects().kill(services, event -> {});
        served.client.projects().remove(services, event -> {});
        served.client.events(new EventsRequest(Optional.of("shop"), null, null), event -> {});

        assertThat(served.engine.requests)
                .containsExactly(down, services, services, services, services, services, "shop");
    }

    @Test
    void aFailureKeepsItsKindAndWords() {
        served.engine.operation = (request, listener) -> {
            listener.on(FakeEngine.event(Event.Action.STARTING, Event.Status.WORKING));
            throw new EngineException(EngineException.Kind.CONFLICT, "port 8080 is in use by nginx (pid 7)");
        };

        assertThatThrownBy(() -> served.client.projects().up(UpRequest.of("{}"), event -> {}))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CONFLICT))
                .hasMessage("port 8080 is in use by nginx (pid 7)");
    }

    @Test
    void listsComeBackAsTheyWere() {
        served.engine.containers =
                List.of(FakeEngine.container("db", "running"), FakeEngine.container("web", "exited"));

        assertThat(served.client.containers().list(Optional.of("shop"))).isEqualTo(served.engine.containers);
        assertThat(served.client.containers().list(Optional.of("other"))).isEmpty();
        assertThat(served.client.projects().list())
                .isEqualTo(served.engine.projects().list());
        assertThat(served.client.images().list())
                .isEqualTo(served.engine.images().list());
    }

    @Test
    void logLinesKeepTheirBytes() {
        byte[] noText = {(byte) 0xff, 0, 10, 13, (byte) 0x80};
        served.engine.logs = (request, listener) -> {
            listener.on(new LogEntry("db-1", LogEntry.Source.STDERR, FakeEngine.TIME, noText));
            listener.on(new LogEntry("wäb-1", LogEntry.Source.ENGINE, FakeEngine.TIME, "exited".getBytes(UTF_8)));
        };
        List<LogEntry> entries = new ArrayList<>();
        LogsRequest request = new LogsRequest("shop", Set.of("db"), false, 5, FakeEngine.TIME, FakeEngine.TIME, 2);

        served.client.logs(request, entries::add);

        assertThat(served.engine.requests).containsExactly(request);
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).text()).isEqualTo(noText);
        assertThat(entries.get(0).source()).isEqualTo(LogEntry.Source.STDERR);
        assertThat(entries.get(0).time()).isEqualTo(FakeEngine.TIME);
        assertThat(entries.get(1).container()).isEqualTo("wäb-1");
    }

    @Test
    void aSlowReaderHoldsTheEngineBackInsteadOfFillingItsMemory() throws Exception {
        byte[] line = new byte[64 * 1024];
        AtomicLong written = new AtomicLong();
        served.engine.logs = (request, listener) -> {
            for (int i = 0; i < 500; i++) {
                listener.on(new LogEntry("db-1", LogEntry.Source.STDOUT, FakeEngine.TIME, line));
                written.addAndGet(line.length);
            }
        };
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicLong read = new AtomicLong();
        Thread reader = new Thread(() -> served.client.logs(ALL_LOGS, entry -> {
            awaitUninterruptibly(goOn);
            read.addAndGet(entry.text().length);
        }));
        reader.start();
        Awaitility.await().during(200, TimeUnit.MILLISECONDS).until(() -> written.get() < 4_000_000);
        goOn.countDown();
        reader.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(read.get()).isEqualTo(500L * line.length);
    }

    @Test
    void aClientThatGivesUpInterruptsTheEngine() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        served.engine.logs = (request, listener) -> {
            began.countDown();
            served.engine.waitForInterrupt();
        };
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                served.client.logs(ALL_LOGS, entry -> {});
            } catch (EngineException e) {
                thrown.set(e);
            }
        });
        caller.start();
        assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(10));

        assertThat(served.engine.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CANCELLED));
        Awaitility.await().until(() -> served.server.openRequests() == 0);
    }

    @Test
    void aTarIsStreamedToTheEngine() {
        List<String> names = served.client.images().load(new ByteArrayInputStream(new byte[5_000_000]));

        assertThat(served.engine.loadedBytes).isEqualTo(5_000_000);
        assertThat(names).containsExactly("postgres:17", "sha256:bb");
    }

    @Test
    void anIdleEngineCanBeToldToLeaveAndOneInUseCanNot() {
        served.engine.containers = List.of(FakeEngine.container("db", "running"));

        assertThatThrownBy(() -> served.client.stopEngine(false)).hasMessage("the engine is in use: 1 containers run");
        assertThat(served.stops).hasValue(0);
        served.client.stopEngine(true);
        served.engine.containers = List.of(FakeEngine.container("db", "exited"));
        served.client.stopEngine(false);
        // The engine stops when the answer is out.
        Awaitility.await().until(() -> served.stops.get() == 2);
    }

    @Test
    void withoutAnEngineTheMessageNamesTheSocket() throws Exception {
        served.close();

        assertThatThrownBy(() -> served.client.version())
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.LOST))
                .hasMessageStartingWith("cannot talk to the engine at " + served.socket);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
