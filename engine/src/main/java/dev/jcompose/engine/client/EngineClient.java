package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.CommitRequest;
import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.BuildRequests;
import dev.jcompose.engine.wire.CommitQuery;
import dev.jcompose.engine.wire.DnsReports;
import dev.jcompose.engine.wire.EventLines;
import dev.jcompose.engine.wire.ImageRequests;
import dev.jcompose.engine.wire.Listings;
import dev.jcompose.engine.wire.LogFrames;
import dev.jcompose.engine.wire.LogsQuery;
import dev.jcompose.engine.wire.Requests;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The engine behind a socket. Every call has a connection of its own, so any thread may call at any time. */
public final class EngineClient implements EngineApi {
    private final Requester requester;
    private final RemoteContainers containers;
    private final RemoteImages images;
    private final RemoteNetworks networks;
    private final RemoteVolumes volumes;

    /** Connects to nothing yet. */
    public EngineClient(Path socket) {
        this.requester = new Requester(socket);
        this.containers = new RemoteContainers(requester);
        this.images = new RemoteImages(requester);
        this.networks = new RemoteNetworks(requester);
        this.volumes = new RemoteVolumes(requester);
    }

    @Override
    public EngineVersion version() {
        return requester.ask("GET", "/version", null, response -> {
            JsonObject json = JsonObject.parse(response.text());
            return new EngineVersion(json.string("Version"), json.string("BuildId", ""), json.number("Pid"));
        });
    }

    @Override
    public void up(UpRequest request, EventListener listener) {
        operation("/compose/up", Requests.write(request), listener);
    }

    @Override
    public void down(DownRequest request, EventListener listener) {
        operation("/compose/down", Requests.write(request), listener);
    }

    @Override
    public void start(ServicesRequest request, EventListener listener) {
        operation("/compose/start", Requests.write(request), listener);
    }

    @Override
    public void stop(ServicesRequest request, EventListener listener) {
        operation("/compose/stop", Requests.write(request), listener);
    }

    @Override
    public void restart(ServicesRequest request, EventListener listener) {
        operation("/compose/restart", Requests.write(request), listener);
    }

    @Override
    public void kill(ServicesRequest request, EventListener listener) {
        operation("/compose/kill", Requests.write(request), listener);
    }

    @Override
    public void remove(ServicesRequest request, EventListener listener) {
        operation("/compose/remove", Requests.write(request), listener);
    }

    @Override
    public void build(BuildRequest request, EventListener listener) {
        operation("/compose/build", BuildRequests.write(request), listener);
    }

    @Override
    public String commit(CommitRequest request) {
        return requester.ask(
                "POST",
                CommitQuery.target(request),
                JsonObject.create(),
                response -> JsonObject.parse(response.text()).string("Id"));
    }

    @Override
    public DnsReport resolve(String container, String name, String type) {
        return requester.ask(
                "GET",
                "/compose/dns?container=" + encoded(container) + "&name=" + encoded(name) + "&type=" + encoded(type),
                null,
                response -> DnsReports.read(JsonObject.parse(response.text())));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private void operation(String target, JsonObject body, EventListener listener) {
        requester.ask("POST", target, body, response -> {
            readEvents(response, listener);
            return Optional.empty();
        });
    }

    private static void readEvents(Response response, EventListener listener) throws IOException {
        BufferedReader lines = response.lines();
        boolean last = false;
        while (!last) {
            String line = lines.readLine();
            if (line == null) {
                throw new EOFException("the engine went away");
            }
            last = EventLines.read(JsonObject.parse(line), listener);
        }
    }

    @Override
    public List<ContainerSummary> containers(Optional<String> project) {
        return containers.list(query(project));
    }

    @Override
    public boolean startContainer(String container) {
        return containers.start(container);
    }

    @Override
    public boolean stopContainer(String container, @Nullable Integer graceSeconds) {
        return containers.stop(container, graceSeconds);
    }

    @Override
    public void restartContainer(String container, @Nullable Integer graceSeconds) {
        containers.restart(container, graceSeconds);
    }

    @Override
    public void killContainer(String container, String signal) {
        containers.kill(container, signal);
    }

    @Override
    public void pauseContainer(String container) {
        containers.act(container, "pause");
    }

    @Override
    public void unpauseContainer(String container) {
        containers.act(container, "unpause");
    }

    @Override
    public int waitContainer(String container, WaitCondition condition) {
        return containers.await(container, condition);
    }

    @Override
    public void removeContainer(String container, boolean force, boolean volumes) {
        containers.remove(container, force, volumes);
    }

    @Override
    public AttachSession attach(AttachRequest request) {
        return RemoteAttach.start(requester, request);
    }

    @Override
    public PathStat statPath(String container, String path) {
        return containers.stat(container, path);
    }

    @Override
    public void copyFrom(String container, String path, OutputStream tar) {
        containers.copyFrom(container, path, tar);
    }

    @Override
    public void copyTo(
            String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        containers.copyTo(container, path, tar, noOverwriteDirNonDir, containerUser);
    }

    @Override
    public void exportContainer(String container, OutputStream tar) {
        containers.export(container, tar);
    }

    @Override
    public ContainerProcesses top(String container) {
        return containers.top(container);
    }

    @Override
    public ContainerStats stats(String container) {
        return containers.stats(container);
    }

    @Override
    public void resizeContainer(String container, int rows, int columns) {
        containers.resize(container, rows, columns);
    }

    @Override
    public String createRun(RunRequest request, EventListener listener) {
        AtomicReference<String> id = new AtomicReference<>("");
        operation("/compose/run", Requests.write(request), event -> {
            if (event.attributes().containsKey("oneoff") && event.action().equals(Event.Action.CREATED)) {
                id.set(event.id());
            }
            listener.on(event);
        });
        return Objects.requireNonNull(id.get());
    }

    @Override
    public List<NetworkSummary> networks() {
        return networks.list();
    }

    @Override
    public NetworkSummary createNetwork(NetworkRequest request) {
        return networks.create(request);
    }

    @Override
    public void removeNetwork(String network) {
        networks.remove(network);
    }

    @Override
    public List<VolumeSummary> volumes() {
        return volumes.list();
    }

    @Override
    public VolumeSummary createVolume(
            String name, String driver, Map<String, String> options, Map<String, String> labels) {
        return volumes.create(name, driver, options, labels);
    }

    @Override
    public void removeVolume(String name, boolean force) {
        volumes.remove(name, force);
    }

    @Override
    public PrunedVolumes pruneVolumes(boolean all) {
        return volumes.prune(all);
    }

    @Override
    public List<ProjectSummary> projects() {
        return requester.ask(
                "GET",
                "/compose/projects",
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(Listings::readProject)
                        .toList());
    }

    @Override
    public List<ImageSummary> images() {
        return images.list();
    }

    @Override
    public List<String> loadImages(InputStream tar) {
        return images.load(tar);
    }

    @Override
    public void saveImages(List<String> names, OutputStream out) {
        images.save(names, out);
    }

    @Override
    public String inspectImage(String image) {
        return images.inspect(image);
    }

    @Override
    public List<ImageHistoryStep> imageHistory(String image) {
        return images.history(image);
    }

    @Override
    public void tagImage(String image, String name) {
        images.tag(image, name);
    }

    @Override
    public RemovedImages removeImage(String image, boolean force) {
        return images.remove(image, force);
    }

    @Override
    public RemovedImages pruneImages(PruneImagesRequest request) {
        return images.prune(request);
    }

    @Override
    public List<DiskUsage> diskUsage() {
        return images.diskUsage();
    }

    @Override
    public void pullImages(PullImagesRequest request, EventListener listener) {
        operation("/compose/pull", ImageRequests.write(request), listener);
    }

    @Override
    public void pushImages(PushImagesRequest request, EventListener listener) {
        operation("/compose/push", ImageRequests.write(request), listener);
    }

    @Override
    public String resolveImage(String reference, Map<String, String> environment) {
        return images.resolve(reference, environment);
    }

    @Override
    public String login(LoginRequest request) {
        return images.login(request);
    }

    @Override
    public boolean logout(String registry, Map<String, String> environment) {
        return images.logout(registry, environment);
    }

    @Override
    public void logs(LogsRequest request, LogListener listener) {
        requester.ask("POST", "/compose/logs", LogsQuery.write(request), response -> {
            LogFrames.read(new DataInputStream(response.body()), listener);
            return Optional.empty();
        });
    }

    @Override
    public ExecSession exec(ExecRequest request) {
        return RemoteExec.start(requester, request);
    }

    @Override
    public void events(Optional<String> project, EventListener listener) {
        requester.ask("GET", "/compose/events" + query(project), null, response -> {
            readEvents(response, listener);
            return Optional.empty();
        });
    }

    /**
     * Asks the engine to leave. Its containers run on.
     *
     * @param force also while containers run
     * @throws EngineException of kind CONFLICT when it is in use
     */
    public void stopEngine(boolean force) {
        requester.ask("POST", "/compose/engine/stop?force=" + (force ? 1 : 0), null, Response::text);
    }

    private static String query(Optional<String> project) {
        return project.map(name -> "?project=" + URLEncoder.encode(name, UTF_8)).orElse("");
    }
}
