package dev.jcompose.engine.training;

import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.host.CommandHost;
import dev.jcompose.engine.host.CommandHostFactory;
import dev.jcompose.engine.server.ApiServer;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.linux.Linux;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Has one container, and does nothing to it. Needs no privileges. */
public final class RehearsalEngine extends RefusingEngine {
    private static final Instant THEN = Instant.EPOCH;

    private static final int LONGEST_MINUTES = 3;

    private RehearsalEngine() {}

    /** Serves on a socket until a client stops the engine. */
    public static void serve(Path socket, CommandHostFactory commands) throws IOException, InterruptedException {
        Linux linux = Linux.load();
        OurClasses.load();
        Path state = socket.resolveSibling("state");
        new StateFiles().write(state, Map.of("a", 1), StateFiles.Durability.PROCESS);
        new StateFiles().read(state, Map.class);
        EventLoopGroup netty = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        ExecutorService requests = Executors.newCachedThreadPool();
        CountDownLatch stopped = new CountDownLatch(1);
        EngineApi engine = new RehearsalEngine();
        CommandHost host = commands.create(engine, linux, requests, stopped::countDown);
        try (ApiServer server =
                ApiServer.start(engine, host, socket, netty, requests, Clock.systemUTC(), stopped::countDown, linux)) {
            boolean inTime = stopped.await(LONGEST_MINUTES, TimeUnit.MINUTES);
            if (!inTime || server.openRequests() > 1) {
                throw new IOException("nobody has stopped the rehearsal");
            }
        } finally {
            requests.shutdownNow();
            netty.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).sync();
        }
    }

    @Override
    public EngineVersion version() {
        return new EngineVersion("0", "rehearsal", 1);
    }

    @Override
    public void logs(LogsRequest request, LogListener listener) {
        byte[] text = "line".getBytes(StandardCharsets.UTF_8);
        listener.on(new LogEntry("web-1", LogEntry.Source.STDOUT, THEN, text));
    }

    @Override
    public void events(EventsRequest request, Runnable begun, EventListener listener) {
        begun.run();
        listener.on(event(Event.Action.STARTED));
    }

    private static Event event(String action) {
        return new Event(
                THEN,
                Event.Resource.CONTAINER,
                "rehearsal",
                "0",
                "rehearsal-web-1",
                action,
                Event.Status.DONE,
                "",
                Map.of("service", "web"));
    }

    @Override
    public ProjectOperations projects() {
        return new PlayedProjects() {
            @Override
            protected void play(String operation, Object request, EventListener listener) {
                listener.on(event(
                        switch (operation) {
                            case "down", "remove" -> Event.Action.REMOVED;
                            case "stop" -> Event.Action.STOPPED;
                            case "kill" -> Event.Action.KILLED;
                            default -> Event.Action.STARTED;
                        }));
            }

            @Override
            public List<ProjectSummary> list() {
                return List.of(new ProjectSummary("rehearsal", "running(1)", List.of("/compose.yaml")));
            }
        };
    }

    @Override
    public ContainerOperations containers() {
        return new RefusingContainers() {
            @Override
            public List<ContainerSummary> list(Optional<String> project) {
                return List.of(new ContainerSummary(
                        "0".repeat(64),
                        "rehearsal-web-1",
                        "localhost/host",
                        List.of("sh"),
                        "rehearsal",
                        "web",
                        1,
                        false,
                        "running",
                        "healthy",
                        0,
                        false,
                        THEN,
                        THEN,
                        null,
                        List.of(new ContainerSummary.Publisher("0.0.0.0", 80, 8080, "tcp")),
                        Map.of("rehearsal_default", "10.0.0.2"),
                        List.of(),
                        Map.of()));
            }
        };
    }

    @Override
    public ImageOperations images() {
        return new RefusingImages() {
            @Override
            public List<ImageSummary> list() {
                return List.of(
                        ImageSummary.of("sha256:" + "0".repeat(64), List.of("rehearsal:1"), 1, THEN, "linux/amd64"));
            }

            @Override
            public List<String> load(InputStream tar) {
                return List.of();
            }
        };
    }
}
