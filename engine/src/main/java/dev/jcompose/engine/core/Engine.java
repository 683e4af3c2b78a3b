package dev.jcompose.engine.core;

import dev.jcompose.engine.api.BuildOperations;
import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.DnsOperations;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.EventsRequest;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.LogListener;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.image.DiskUsages;
import dev.jcompose.engine.image.ImageCommands;
import dev.jcompose.engine.image.ImageRemoval;
import dev.jcompose.engine.image.ImageUsers;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.image.TransferCommands;
import java.util.Map;
import java.util.Set;

/** The engine itself. */
public final class Engine implements EngineApi {
    private final EngineParts parts;
    private final EngineVersion version;
    private final Projects projects;
    private final Containers containers;
    private final Images images;
    private final NetworkCommands networks;
    private final VolumeCommands volumes;
    private final DnsCommand dns;
    private final LogsCommand logs;
    private final EventJournal journal;

    public Engine(EngineParts parts, EngineVersion version) {
        this.parts = parts;
        this.version = version;
        ProjectLocks locks = new ProjectLocks();
        Summaries summaries = new Summaries(parts.imageLookup(), parts.membership()::networks);
        this.projects = new Projects(parts, locks);
        this.images = images(parts, summaries);
        this.networks =
                new NetworkCommands(parts.networks(), new NetworkConnections(parts.table(), parts.membership()));
        this.volumes = new VolumeCommands(parts.volumes(), parts.table());
        this.containers = new Containers(parts, summaries, volumes);
        this.dns = new DnsCommand(parts);
        this.logs = new LogsCommand(parts, locks);
        journal = new EventJournal(parts.table(), parts.bus());
        parts.bus().subscribe(new NamespaceFollowers(parts, locks)::happened);
        AutoRemoval.begin(parts);
    }

    private static Images images(EngineParts parts, Summaries summaries) {
        ImageUsers users = parts.imageUsers();
        return new Images(
                new ImageCommands(parts.images(), users),
                new ImageRemoval(parts.images(), users),
                new DiskUsages(
                        parts.images(),
                        parts.volumes(),
                        parts.table(),
                        users,
                        container -> Set.copyOf(summaries.container(container).mounts())),
                new TransferCommands(parts.images(), parts.transfer(), parts.clock(), System.getenv()),
                parts.transfer());
    }

    /**
     * Starts what is to run again after the machine was started anew. Blocks until it does.
     *
     * @param services of each project
     */
    public void comeBack(Map<String, Set<String>> services) {
        projects.comeBack(services);
    }

    @Override
    public EngineVersion version() {
        return version;
    }

    @Override
    public ProjectOperations projects() {
        return projects;
    }

    @Override
    public ContainerOperations containers() {
        return containers;
    }

    @Override
    public ImageOperations images() {
        return images;
    }

    @Override
    public BuildOperations builds() {
        return parts.builds();
    }

    @Override
    public NetworkOperations networks() {
        return networks;
    }

    @Override
    public DnsOperations dns() {
        return dns;
    }

    @Override
    public VolumeOperations volumes() {
        return volumes;
    }

    @Override
    public void logs(LogsRequest request, LogListener listener) {
        logs.run(request, listener);
    }

    @Override
    public void events(EventsRequest request, Runnable begun, EventListener listener) {
        try {
            journal.follow(request, parts.clock().instant(), begun, listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "nobody listens to the events any more", e);
        }
    }
}
