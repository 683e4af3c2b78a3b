package dev.jcompose.engine.core;

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
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.EngineVersion;
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
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.image.DiskUsages;
import dev.jcompose.engine.image.ImageCommands;
import dev.jcompose.engine.image.ImageRemoval;
import dev.jcompose.engine.image.ImageUsers;
import dev.jcompose.engine.image.TransferCommands;
import dev.jcompose.engine.image.TransferText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine's operations, each handed to the class that does it. */
public final class Engine implements EngineApi {
    private final EngineParts parts;
    private final EngineVersion version;
    private final Summaries summaries;
    private final UpCommand up;
    private final DownCommand down;
    private final ServiceCommands services;
    private final LogsCommand logs;
    private final ExecCommand exec;
    private final ContainerCommands containers;
    private final BuildCommand builds;
    private final CommitCommand commits;
    private final ImageCommands images;
    private final ImageRemoval imageRemoval;
    private final DiskUsages diskUsages;
    private final TransferCommands transfers;
    private final RunCommand run;
    private final NetworkCommands networks;
    private final FileCommands files;
    private final UsageCommands usage;
    private final VolumeCommands volumes;

    public Engine(EngineParts parts, EngineVersion version) {
        this.parts = parts;
        this.version = version;
        ProjectLocks locks = new ProjectLocks();
        this.summaries = new Summaries(parts.imageLookup());
        this.logs = new LogsCommand(parts, locks);
        this.up = new UpCommand(parts, locks);
        parts.bus().subscribe(new NamespaceFollowers(parts, locks)::happened);
        this.down = new DownCommand(parts, locks);
        this.services = new ServiceCommands(parts, locks);
        this.exec = new ExecCommand(parts);
        this.containers = new ContainerCommands(parts);
        this.builds = parts.builds();
        this.commits = new CommitCommand(parts);
        ImageUsers users = new ImageUsers(parts.table());
        this.images = new ImageCommands(parts.images(), users);
        this.imageRemoval = new ImageRemoval(parts.images(), users);
        this.diskUsages = new DiskUsages(
                parts.images(),
                parts.volumes(),
                parts.table(),
                users,
                container -> Set.copyOf(summaries.container(container).mounts()));
        this.transfers = new TransferCommands(parts.images(), parts.transfer(), parts.clock(), System.getenv());
        this.run = new RunCommand(parts, locks, this::up);
        this.files = new FileCommands(parts);
        this.usage = new UsageCommands(parts);
        AutoRemoval.begin(parts);
        this.networks = new NetworkCommands(parts.networks());
        this.volumes = new VolumeCommands(parts.volumes(), parts.table());
    }

    /**
     * Starts what is to run again after the machine was started anew. Blocks until it does.
     *
     * @param services of each project
     */
    public void comeBack(Map<String, Set<String>> services) {
        Comeback comeback = new Comeback(parts, this.services);
        services.forEach(comeback::run);
    }

    @Override
    public EngineVersion version() {
        return version;
    }

    @Override
    public String createRun(RunRequest request, EventListener listener) {
        return run.run(request, listener);
    }

    @Override
    public void up(UpRequest request, EventListener listener) {
        up.run(request, listener);
    }

    @Override
    public void down(DownRequest request, EventListener listener) {
        down.run(request, listener);
    }

    @Override
    public void build(BuildRequest request, EventListener listener) {
        builds.run(request, listener);
    }

    @Override
    public String commit(CommitRequest request) {
        return commits.run(request);
    }

    @Override
    public void start(ServicesRequest request, EventListener listener) {
        services.start(request, listener);
    }

    @Override
    public void stop(ServicesRequest request, EventListener listener) {
        services.stop(request, listener);
    }

    @Override
    public void restart(ServicesRequest request, EventListener listener) {
        services.restart(request, listener);
    }

    @Override
    public void kill(ServicesRequest request, EventListener listener) {
        services.kill(request, listener);
    }

    @Override
    public void remove(ServicesRequest request, EventListener listener) {
        services.remove(request, listener);
    }

    @Override
    public List<ContainerSummary> containers(Optional<String> project) {
        return project.map(parts.table()::ofProject).orElseGet(parts.table()::all).stream()
                .map(summaries::container)
                .toList();
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
        containers.pause(container);
    }

    @Override
    public void unpauseContainer(String container) {
        containers.unpause(container);
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
    public DnsReport resolve(String container, String name, String type) {
        return new DnsCommand(parts).run(container, name, type);
    }

    @Override
    public AttachSession attach(AttachRequest request) {
        return containers.attach(request);
    }

    @Override
    public PathStat statPath(String container, String path) {
        return files.stat(container, path);
    }

    @Override
    public void copyFrom(String container, String path, OutputStream tar) {
        files.read(container, path, tar);
    }

    @Override
    public void copyTo(
            String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        files.write(container, path, tar, noOverwriteDirNonDir, containerUser);
    }

    @Override
    public void exportContainer(String container, OutputStream tar) {
        files.export(container, tar);
    }

    @Override
    public ContainerProcesses top(String container) {
        return usage.top(container);
    }

    @Override
    public ContainerStats stats(String container) {
        return usage.stats(container);
    }

    @Override
    public void resizeContainer(String container, int rows, int columns) {
        AttachedClient.resize(parts, parts.table().find(container), rows, columns);
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
        try {
            return new ProjectList(parts.table(), parts.networks(), parts.volumes()).projects();
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot list projects: " + e.getMessage(), e);
        }
    }

    @Override
    public List<ImageSummary> images() {
        return ask(images::list);
    }

    @Override
    public String inspectImage(String image) {
        return ask(() -> images.inspect(image));
    }

    @Override
    public List<ImageHistoryStep> imageHistory(String image) {
        return ask(() -> images.history(image));
    }

    @Override
    public void saveImages(List<String> names, OutputStream out) {
        ask(() -> {
            images.save(names, out);
            return names;
        });
    }

    @Override
    public void tagImage(String image, String name) {
        ask(() -> {
            images.tag(image, name);
            return name;
        });
    }

    @Override
    public RemovedImages removeImage(String image, boolean force) {
        return ask(() -> imageRemoval.remove(image, force));
    }

    @Override
    public RemovedImages pruneImages(PruneImagesRequest request) {
        return ask(() -> imageRemoval.prune(request));
    }

    @Override
    public List<DiskUsage> diskUsage() {
        return ask(diskUsages::all);
    }

    @Override
    public void pullImages(PullImagesRequest request, EventListener listener) {
        transfers.pull(request, listener);
    }

    @Override
    public void pushImages(PushImagesRequest request, EventListener listener) {
        transfers.push(request, listener);
    }

    @Override
    public String resolveImage(String reference, Map<String, String> environment) {
        return transfers.resolve(reference, environment);
    }

    @Override
    public String login(LoginRequest request) {
        return transfers.login(request);
    }

    @Override
    public boolean logout(String registry, Map<String, String> environment) {
        return transfers.logout(registry, environment);
    }

    /** Something about images. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw TransferText.failure(e);
        }
    }

    @Override
    public List<String> loadImages(InputStream tar) {
        try {
            return parts.transfer().load(tar).stream()
                    .flatMap(image -> image.names().isEmpty()
                            ? Stream.of(image.id())
                            : image.names().stream().map(Object::toString))
                    .toList();
        } catch (IOException e) {
            throw new EngineException(Kind.INVALID, "cannot load image: " + e.getMessage(), e);
        }
    }

    @Override
    public void logs(LogsRequest request, LogListener listener) {
        logs.run(request, listener);
    }

    @Override
    public ExecSession exec(ExecRequest request) {
        return exec.run(request);
    }

    @Override
    public void events(Optional<String> project, EventListener listener) {
        EventListener filtered = event -> {
            if (project.isEmpty() || project.get().equals(event.project())) {
                listener.on(event);
            }
        };
        try (EventBus.Subscription subscription = parts.bus().subscribe(filtered)) {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "nobody listens to the events any more", e);
        }
    }
}
