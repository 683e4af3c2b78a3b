package dev.jcompose.engine.server;

import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.training.PlayedProjects;
import dev.jcompose.engine.training.RefusingContainers;
import dev.jcompose.engine.training.RefusingEngine;
import dev.jcompose.engine.training.RefusingImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine that remembers what it was asked and answers what the test says. */
public final class FakeEngine extends RefusingEngine {
    static final Instant TIME = Instant.parse("2026-01-02T15:04:05.123456789Z");

    final List<Object> requests = new CopyOnWriteArrayList<>();
    final CountDownLatch interrupted = new CountDownLatch(1);
    List<ContainerSummary> containers = new ArrayList<>();
    BiConsumer<Object, EventListener> operation = (request, listener) -> {};
    Runnable beforeEvents = () -> {};
    BiConsumer<LogsRequest, LogListener> logs = (request, listener) -> {};
    Function<ExecRequest, ExecSession> exec = request -> {
        throw new EngineException(EngineException.Kind.CONFLICT, "nothing to run");
    };
    long loadedBytes;
    /** Ids of containers that are removed just after they were looked at. */
    Set<String> removed = Set.of();

    static ContainerSummary container(String service, String state) {
        return new ContainerSummary(
                (service + "0123456789abcdef").repeat(4).substring(0, 64),
                "shop-" + service + "-1",
                "postgres:17",
                List.of("docker-entrypoint.sh", "postgres"),
                "shop",
                service,
                1,
                false,
                state,
                "healthy",
                0,
                false,
                TIME,
                TIME.plusSeconds(1),
                null,
                List.of(new ContainerSummary.Publisher("0.0.0.0", 80, 8080, "tcp")),
                Map.of("shop_default", "172.20.0.2"),
                List.of("shop_data"),
                Map.of("com.docker.compose.project", "shop"));
    }

    static Event event(String action, Event.Status status) {
        return new Event(
                TIME,
                Event.Resource.CONTAINER,
                "shop",
                "0123",
                "shop-db-1",
                action,
                status,
                "",
                Map.of("service", "db"));
    }

    /** Blocks until the calling thread is interrupted, as an operation of the engine does. */
    void waitForInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new EngineException(EngineException.Kind.CANCELLED, "canceled", e);
        }
    }

    private void run(Object request, EventListener listener) {
        requests.add(request);
        operation.accept(request, listener);
    }

    @Override
    public EngineVersion version() {
        return new EngineVersion("0.1.0", "abc", ProcessHandle.current().pid());
    }

    private boolean changes(String what, String container, String stateAfter) {
        requests.add(what + " " + container.substring(0, 4));
        return containers.stream()
                .noneMatch(one -> one.id().equals(container) && one.state().equals(stateAfter));
    }

    @Override
    public void logs(LogsRequest request, LogListener listener) {
        requests.add(request);
        logs.accept(request, listener);
    }

    @Override
    public void events(EventsRequest request, Runnable begun, EventListener listener) {
        beforeEvents.run();
        begun.run();
        run(request.project().orElse(""), listener);
    }

    @Override
    public ProjectOperations projects() {
        return new PlayedProjects() {
            @Override
            protected void play(String operation, Object request, EventListener listener) {
                run(request, listener);
            }

            @Override
            public List<ProjectSummary> list() {
                return List.of(new ProjectSummary("shop", "running(2)", List.of("/srv/shop/compose.yaml")));
            }
        };
    }

    @Override
    public ContainerOperations containers() {
        return new RefusingContainers() {
            @Override
            public String inspect(String container) {
                String name = containers.stream()
                        .filter(one -> one.id().equals(container))
                        .findFirst()
                        .orElseThrow()
                        .name();
                return JsonObject.create().put("Name", "/" + name).toString();
            }

            @Override
            public List<ContainerSummary> list(Optional<String> project) {
                return containers.stream()
                        .filter(container -> project.filter(name -> !name.equals(container.project()))
                                .isEmpty())
                        .toList();
            }

            @Override
            public boolean start(String container) {
                return changes("start", container, "running");
            }

            @Override
            public boolean stop(String container, @Nullable Integer graceSeconds) {
                return changes("stop " + graceSeconds, container, "exited");
            }

            @Override
            public void restart(String container, @Nullable Integer graceSeconds) {
                changes("restart " + graceSeconds, container, "");
            }

            @Override
            public void kill(String container, String signal) {
                changes("kill " + signal, container, "");
            }

            @Override
            public void pause(String container) {
                changes("pause", container, "");
            }

            @Override
            public void unpause(String container) {
                throw new EngineException(EngineException.Kind.CONFLICT, "it is not paused");
            }

            @Override
            public int await(String container, WaitCondition condition, Runnable begun) {
                changes("wait " + condition.text(), container, "");
                if (removed.contains(container)) {
                    throw new EngineException(EngineException.Kind.NOT_FOUND, "it is gone");
                }
                begun.run();
                return 3;
            }

            @Override
            public void remove(String container, boolean force, boolean volumes) {
                changes("remove " + force + " " + volumes, container, "");
            }

            @Override
            public ExecSession exec(ExecRequest request) {
                requests.add(request);
                return exec.apply(request);
            }
        };
    }

    @Override
    public ImageOperations images() {
        return new RefusingImages() {
            @Override
            public List<ImageSummary> list() {
                return List.of(ImageSummary.of(
                        "sha256:aa",
                        List.of("postgres:17"),
                        1234,
                        Instant.parse("2026-01-02T15:04:05Z"),
                        "linux/amd64"));
            }

            @Override
            public List<String> load(InputStream tar) {
                try {
                    loadedBytes = tar.readAllBytes().length;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return List.of("postgres:17", "sha256:bb");
            }
        };
    }
}
