package dev.jcompose.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.world.EngineAccess;
import dev.jcompose.engine.api.BuildOperations;
import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.api.PruneNetworksRequest;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.training.PlayedProjects;
import dev.jcompose.engine.training.RefusingContainers;
import dev.jcompose.engine.training.RefusingEngine;
import dev.jcompose.engine.training.RefusingImages;
import dev.jcompose.engine.training.RefusingNetworks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** An engine that remembers what it was asked, and does what the test says. */
public final class FakeEngine extends RefusingEngine implements EngineAccess {
    public static final Instant NOW = Instant.parse("2026-01-02T15:04:05Z");

    /** Every request, and a word for calls without one. */
    public final List<Object> requests = new CopyOnWriteArrayList<>();

    public List<ContainerSummary> containers = new ArrayList<>();

    /** What a wait for a container gives. */
    public int exitCode;

    public List<ProjectSummary> projects = new ArrayList<>();
    public List<ImageSummary> images = new ArrayList<>();
    /** What registries have, by reference. */
    public Map<String, String> digests = Map.of();

    public List<NetworkSummary> networks = new ArrayList<>();
    public BiConsumer<Object, EventListener> operation = (request, listener) -> {};
    public BiConsumer<LogsRequest, LogListener> logs = (request, listener) -> {};
    public Function<ExecRequest, ExecSession> exec = request -> {
        throw new EngineException(EngineException.Kind.FAILED, "nothing to run");
    };

    /** Of the project shop; started 5 seconds ago. */
    public static ContainerSummary container(String service, String state, ContainerSummary.Publisher... ports) {
        boolean ended = state.equals("exited");
        return new ContainerSummary(
                (service + "0123456789abcdef").repeat(5).substring(0, 64),
                "shop-" + service + "-1",
                "postgres:17",
                List.of("docker-entrypoint.sh", "postgres", "-c", "fsync=off"),
                "shop",
                service,
                1,
                false,
                state,
                service.equals("db") && !ended ? "healthy" : "",
                ended ? 3 : 0,
                false,
                NOW.minusSeconds(130),
                NOW.minusSeconds(5),
                ended ? NOW.minusSeconds(60) : null,
                List.of(ports),
                Map.of("shop_default", "172.20.0.2"),
                List.of("shop_data", "/srv"),
                Map.of("com.docker.compose.project", "shop", "a", "b"));
    }

    public static Event event(String name, String action, Event.Status status) {
        return event(Event.Resource.CONTAINER, name, action, status, "");
    }

    public static Event event(Event.Resource resource, String name, String action, Event.Status status, String detail) {
        return new Event(NOW, resource, "shop", "0123", name, action, status, detail, Map.of("service", "db"));
    }

    public static LogEntry line(String container, LogEntry.Source source, String text) {
        return new LogEntry(container, source, NOW, text.getBytes(UTF_8));
    }

    /** The requests of one type, in order. */
    public <T> List<T> requests(Class<T> type) {
        return requests.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void run(Object request, EventListener listener) {
        requests.add(request);
        operation.accept(request, listener);
    }

    /** Of the project shop, with one container on it. */
    public static NetworkSummary network(String name, String driver) {
        return new NetworkSummary(
                (Integer.toHexString(name.hashCode()) + "0123456789abcdef".repeat(4)).substring(0, 64),
                name,
                "shop",
                NOW,
                driver,
                false,
                false,
                true,
                false,
                List.of(new NetworkSummary.Pool("10.200.1.0/24", "", "10.200.1.1", Map.of())),
                Map.of(),
                Map.of("com.docker.compose.project", "shop"),
                List.of(new NetworkSummary.Endpoint(
                        "e".repeat(64), "c".repeat(64), "shop-db-1", "02:42:0a:c8:01:02", "10.200.1.2/24", "")));
    }

    @Override
    public EngineApi connect() {
        return this;
    }

    @Override
    public Optional<EngineVersion> running() {
        return Optional.of(version());
    }

    @Override
    public boolean stop(boolean force) {
        requests.add("stop engine " + force);
        return true;
    }

    @Override
    public EngineVersion version() {
        return new EngineVersion("0.1.0", "abc", 42);
    }

    private String name(String id) {
        return containers.stream()
                .filter(container -> container.id().equals(id))
                .map(ContainerSummary::name)
                .findFirst()
                .orElse(id);
    }

    @Override
    public void logs(LogsRequest request, LogListener listener) {
        requests.add(request);
        logs.accept(request, listener);
    }

    @Override
    public void events(EventsRequest request, Runnable begun, EventListener listener) {
        begun.run();
        run(request, listener);
    }

    @Override
    public ProjectOperations projects() {
        return new PlayedProjects() {
            @Override
            protected void play(String operation, Object request, EventListener listener) {
                if (request instanceof ServicesRequest) {
                    requests.add(operation);
                }
                run(request, listener);
            }

            @Override
            public List<ProjectSummary> list() {
                return projects;
            }
        };
    }

    @Override
    public ContainerOperations containers() {
        return new RefusingContainers() {
            @Override
            public List<ContainerSummary> list(Optional<String> project) {
                return containers.stream()
                        .filter(container -> project.filter(name -> !name.equals(container.project()))
                                .isEmpty())
                        .toList();
            }

            @Override
            public void pause(String container) {
                requests.add("pause " + name(container));
            }

            @Override
            public void unpause(String container) {
                requests.add("unpause " + name(container));
            }

            @Override
            public int await(String container, WaitCondition condition, Runnable begun) {
                begun.run();
                return exitCode;
            }

            @Override
            public PathStat stat(String container, String path) {
                return new PathStat("conf", 4096, 0x4000 | 0755, NOW, "");
            }

            @Override
            public ExecSession exec(ExecRequest request) {
                requests.add(request);
                return exec.apply(request);
            }
        };
    }

    @Override
    public BuildOperations builds() {
        return this::run;
    }

    @Override
    public NetworkOperations networks() {
        return new RefusingNetworks() {
            @Override
            public List<NetworkSummary> list() {
                return networks;
            }

            @Override
            public NetworkSummary create(NetworkRequest request) {
                requests.add(request);
                return network(request.name(), request.driver());
            }

            @Override
            public void connect(String network, ConnectRequest request) {
                requests.add(request);
            }

            @Override
            public void disconnect(String network, String container) {
                requests.add("disconnect " + container + " from " + network);
            }

            @Override
            public List<String> prune(PruneNetworksRequest request) {
                requests.add(request);
                return networks.stream().map(NetworkSummary::name).toList();
            }

            @Override
            public void remove(String network) {
                requests.add("remove network " + network);
                if (NetworkSummary.find(networks, network).isEmpty()) {
                    throw new EngineException(EngineException.Kind.NOT_FOUND, network + " not found");
                }
            }
        };
    }

    @Override
    public ImageOperations images() {
        return new RefusingImages() {
            @Override
            public List<ImageSummary> list() {
                return images;
            }

            @Override
            public String resolve(String reference, Map<String, String> variables) {
                return Optional.ofNullable(digests.get(reference))
                        .orElseThrow(() -> new EngineException(
                                EngineException.Kind.NOT_FOUND, "no " + reference + " on its registry"));
            }

            @Override
            public List<String> load(InputStream tar) {
                try {
                    requests.add("load " + tar.readAllBytes().length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return List.of("postgres:17", "sha256:bb");
            }
        };
    }
}
