package dev.jcompose.engine.testing;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.core.Engine;
import dev.jcompose.engine.core.Wiring;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.lifecycle.Failpoint;
import dev.jcompose.images.ImageStore;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.write.ProjectWriter;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An engine of its own directories, driven without the socket. Closing it leaves the containers running, as a killed
 * engine does.
 */
public final class TestEngine implements AutoCloseable {
    private final IoEventLoopGroup netty = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final ExecutorService workers = Executors.newFixedThreadPool(8);
    private final ExecutorService beside = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Wiring wiring;
    private final Engine engine;
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

    /** Starts, and takes over what an engine of the same directories left. */
    public TestEngine(Path directory) throws IOException {
        this(directory, Failpoint.NONE);
    }

    /** Likewise, and tells {@code failpoint} of every step. */
    public TestEngine(Path directory, Failpoint failpoint) throws IOException {
        EngineDirectories directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
        Files.createDirectories(directories.data());
        Files.createDirectories(directories.run());
        wiring = new Wiring(directories, netty, workers, beside, timers, Clock.systemUTC(), failpoint);
        Map<String, Set<String>> comeback = wiring.recover();
        engine = new Engine(
                wiring.parts(),
                new EngineVersion("test", "test", ProcessHandle.current().pid()));
        beside.execute(() -> engine.comeBack(comeback));
    }

    public Engine engine() {
        return engine;
    }

    /** The images, for what the API does not tell. */
    public ImageStore images() {
        return wiring.parts().images();
    }

    /** What has happened, one line each: {@code CONTAINER p-web-1 Started}. */
    public List<String> events() {
        synchronized (events) {
            return events.stream()
                    .map(event -> event.resource() + " " + event.name() + " " + event.action()
                            + (event.detail().isEmpty() ? "" : ": " + event.detail()))
                    .toList();
        }
    }

    /** The canonical form of a Compose file. */
    public static String canonical(Path directory, String compose) throws IOException {
        return canonical(directory, compose, "p");
    }

    /** The canonical form of a Compose file of another project. */
    public static String canonical(Path directory, String compose, String project) throws IOException {
        Path file = Files.writeString(directory.resolve("compose.yaml"), compose);
        LoadRequest request = LoadRequest.builder(directory)
                .files(List.of(ComposeSource.file(file)))
                .projectName(project)
                .environment(Map.of("TOKEN", "open sesame"))
                .build();
        return ProjectWriter.toJson(new ComposeLoader().load(request).project());
    }

    /** Brings project {@code p} up; what is made anew is killed at once. */
    public void up(Path directory, String compose) throws IOException {
        up(UpRequest.builder(canonical(directory, compose))
                .stopTimeoutSeconds(0)
                .build());
    }

    /** Brings project {@code p} up in a way of its own. */
    public void up(UpRequest request) {
        engine.projects().up(request, events::add);
    }

    /** Takes project {@code p} down with its volumes, and kills at once: most commands here ignore SIGTERM. */
    public void down() {
        engine.projects().down(new DownRequest("p", null, Set.of(), true, true, "none", 0), events::add);
    }

    /** Takes another project down with its volumes. */
    public void downOther(String project) {
        engine.projects().down(new DownRequest(project, null, Set.of(), true, true, "none", 0), events::add);
    }

    /** Takes project {@code p} down, and its volumes stay. */
    public void downWithoutVolumes() {
        engine.projects().down(new DownRequest("p", null, Set.of(), false, true, "none", 0), events::add);
    }

    /** For operations of {@link #engine}: what happens shows in {@link #events}. */
    public EventListener listener() {
        return events::add;
    }

    /** Forgets the events so far. */
    public void forgetEvents() {
        events.clear();
    }

    /** A request about the containers of some services of project {@code p}, of all without names; grace 0. */
    public static ServicesRequest services(String... services) {
        return new ServicesRequest("p", Set.of(services), 0, null, false);
    }

    /**
     * The container of that name.
     *
     * @throws java.util.NoSuchElementException when there is none
     */
    public ContainerSummary container(String name) {
        return engine.containers().list(Optional.empty()).stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The output of a command in a container, its exit code before it. */
    public String exec(String container, String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecRequest request =
                new ExecRequest(container, List.of(command), Map.of(), null, null, false, false, false, false, 0, 0);
        try (ExecSession session = engine.containers().exec(request)) {
            int code = session.run(output, output);
            return code + ": " + output.toString(StandardCharsets.UTF_8);
        }
    }

    /** The project's log so far, a line each: {@code web-1 STDOUT text}. */
    public List<String> logs() {
        List<String> lines = new ArrayList<>();
        engine.logs(new LogsRequest("p", Set.of(), false, null, null, null, null), entry -> lines.add(line(entry)));
        return lines;
    }

    private static String line(LogEntry entry) {
        return entry.container() + " " + entry.source() + " " + new String(entry.text(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        wiring.close();
        timers.shutdownNow();
        beside.shutdown();
        workers.shutdown();
        try {
            workers.awaitTermination(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        netty.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
