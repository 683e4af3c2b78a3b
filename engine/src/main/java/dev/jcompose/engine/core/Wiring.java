package dev.jcompose.engine.core;

import dev.jcompose.engine.build.ContainerRunner;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.Notices;
import dev.jcompose.engine.exec.CheckRun;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.image.ImageUsers;
import dev.jcompose.engine.lifecycle.ContainerCreator;
import dev.jcompose.engine.lifecycle.ContainerStarter;
import dev.jcompose.engine.lifecycle.ContainerStopper;
import dev.jcompose.engine.lifecycle.ExecEvents;
import dev.jcompose.engine.lifecycle.Failpoint;
import dev.jcompose.engine.lifecycle.HealthMemory;
import dev.jcompose.engine.lifecycle.HealthMonitor;
import dev.jcompose.engine.lifecycle.HookRunner;
import dev.jcompose.engine.lifecycle.ImageLookup;
import dev.jcompose.engine.lifecycle.MountPreparation;
import dev.jcompose.engine.lifecycle.Namespaces;
import dev.jcompose.engine.lifecycle.NetworkMembership;
import dev.jcompose.engine.lifecycle.Recovery;
import dev.jcompose.engine.lifecycle.Supervisor;
import dev.jcompose.engine.logs.syslog.SyslogDelivery;
import dev.jcompose.engine.network.BuildNetwork;
import dev.jcompose.engine.network.ContainerNetworking;
import dev.jcompose.engine.network.ContainerSockets;
import dev.jcompose.engine.network.MembershipFiles;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.engine.network.OwnNameServer;
import dev.jcompose.engine.network.PortAssigner;
import dev.jcompose.engine.network.StaticAddresses;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.build.BuildEnvironment;
import dev.jcompose.images.build.CacheMounts;
import dev.jcompose.images.build.ImageBuilder;
import dev.jcompose.images.build.cache.BuildCache;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.images.transfer.PullRequest;
import dev.jcompose.images.worker.WorkerLaunch;
import dev.jcompose.images.worker.WorkerProcess;
import dev.jcompose.images.worker.WorkerTransfer;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Spawner;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.HostResolvers;
import dev.jcompose.network.firewall.FirewallWatch;
import dev.jcompose.network.firewall.Forwarding;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.NetworkNamespaces;
import dev.jcompose.runtime.cgroup.Cgroups;
import dev.jcompose.volumes.BindSource;
import dev.jcompose.volumes.SelinuxLabel;
import dev.jcompose.volumes.VolumeFill;
import dev.jcompose.volumes.VolumeStore;
import io.netty.channel.IoEventLoopGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.CRC32;

/** Puts an engine together, by hand, in one place. */
public final class Wiring implements AutoCloseable {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final EngineDirectories DEFAULT =
            new EngineDirectories(Path.of("/var/lib/jcompose"), Path.of("/run/jcompose"));

    private final Path data;
    private final EventLoop loop;
    private final Networks networks;
    private final Optional<FirewallWatch> firewallWatch;
    private final ImageStore images;
    private final WorkerProcess imageWorker;
    private final Cgroups cgroups;
    private final NetworkNamespaces networkNamespaces;
    private final EngineParts parts;
    private final Recovery recovery;
    private final ContainerRunner runner;
    private final SyslogDelivery syslog;

    /**
     * Makes the parts; touches nothing that containers could notice before {@link #recover}.
     *
     * @param netty for DNS; stays the caller's
     * @param workers for blocking work; stays the caller's
     * @param beside starts a thread for whatever it is given while its others are busy; stays the caller's
     * @param timers stays the caller's
     * @param failpoint told of each step
     */
    public Wiring(
            EngineDirectories directories,
            IoEventLoopGroup netty,
            ExecutorService workers,
            Executor beside,
            ScheduledExecutorService timers,
            Clock clock,
            Failpoint failpoint)
            throws IOException {
        data = directories.data();
        String id = engineId(directories);
        NativeKernel kernel = new NativeKernel();
        Linux linux = new Linux(kernel);
        loop = new EventLoop(linux, "containers");
        cgroups = Cgroups.detect(linux, id);
        Spawner spawner = new Spawner(linux, kernel);
        ContainerRuntime runtime = new ContainerRuntime(linux, spawner, cgroups, beside);
        images = ImageStore.open(
                linux, directories.data().resolve("images"), List.of(directories.data(), directories.run()));
        imageWorker = new WorkerProcess(
                WorkerLaunch.likeThisProcess(), directories.data().resolve("images"), timers);
        ImageTransfer transfer = new WorkerTransfer(linux, images, imageWorker);
        ImageLookup imageLookup = new ImageLookup(images);
        VolumeStore volumes = new VolumeStore(linux, directories.data().resolve("volumes"));
        networks = Networks.open(linux, id, new Forwarding(directories.run().resolve("forwarding")));
        networkNamespaces = ContainerSockets.namespaces(linux, spawner, networks, beside);
        firewallWatch = FirewallWatch.start(linux, networks.firewall(), loop, workers);
        StateFiles stateFiles = new StateFiles();
        Notices notices = new Notices();
        NetworkRegistry registry = new NetworkRegistry(directories.data(), id, stateFiles, networks, clock, notices);
        HostResolvers resolvers = new HostResolvers(RESOLV_CONF);
        PortAssigner ports = new PortAssigner(networks.ports());
        DnsServer dns = new DnsServer(netty, linux, resolvers);
        ContainerTable table = new ContainerTable();
        ImageUsers imageUsers = new ImageUsers(table, images);
        Namespaces namespaces = new Namespaces(table);
        StaticAddresses fixedAddresses = new StaticAddresses();
        ContainerNetworking networking = new ContainerNetworking(
                linux,
                networkNamespaces,
                registry,
                networks,
                ports,
                dns,
                new OwnNameServer(container -> imageLookup.config(container).exposedPorts()),
                resolvers,
                fixedAddresses,
                new MembershipFiles(stateFiles),
                namespaces::networkOwner);
        EventBus bus = new EventBus();
        syslog = new SyslogDelivery(linux, stateFiles, notices::add);
        ContainerLogs logs = new ContainerLogs(linux, loop, clock, workers, syslog);
        MountPreparation mounts = new MountPreparation(
                volumes,
                new VolumeFill(linux),
                new BindSource(linux),
                new SelinuxLabel(linux.files()::lsetxattr),
                imageLookup,
                table);
        TreeRemoval trees = new TreeRemoval(linux);
        ContainerStarter starter =
                new ContainerStarter(runtime, imageLookup, mounts, networking, namespaces, logs, beside, failpoint);
        ExecEvents execs = new ExecEvents(bus, clock);
        CheckRun runs = new CheckRun(linux, loop, runtime, timers);
        HealthMonitor health =
                new HealthMonitor(runs, imageLookup, workers, timers, clock, new HealthMemory(stateFiles), execs);
        runner = new ContainerRunner(
                linux,
                loop,
                runtime,
                new BuildNetwork(linux, networkNamespaces, id, networks, dns, resolvers),
                images.host()::mountsBelow,
                () -> {
                    if (table.isEmpty()) {
                        cgroups.removeParentIfEmpty();
                    }
                },
                directories.run().resolve("builds"));
        BuildCommand builds = new BuildCommand(
                linux,
                new ImageBuilder(new BuildEnvironment(
                        linux,
                        images,
                        new BuildCache(images, clock),
                        new CacheMounts(directories.data().resolve("build")),
                        runner,
                        (reference, platform, environment, output) -> transfer.pull(
                                new PullRequest(reference, platform, RegistryAccess.of(environment)),
                                event -> output.accept((event.layer() + " " + event.action()).strip())),
                        transfer,
                        clock)),
                clock);
        String bootId = Files.readString(BOOT_ID).strip();
        Supervisor supervisor = new Supervisor(
                starter,
                runtime,
                networking,
                health,
                logs,
                loop,
                workers,
                timers,
                stateFiles,
                bus,
                clock,
                bootId,
                failpoint);
        parts = new EngineParts(
                linux,
                loop,
                runtime,
                images,
                imageLookup,
                imageUsers,
                new ProjectImages(images, transfer, builds::build, clock),
                transfer,
                volumes,
                registry,
                fixedAddresses,
                ports,
                table,
                new ContainerCreator(
                        directories, stateFiles, table, imageUsers, imageLookup, volumes, trees, clock, failpoint),
                new ContainerStopper(
                        supervisor, runtime, cgroups, table, imageLookup, volumes, trees, workers, failpoint),
                supervisor,
                new NetworkMembership(supervisor, networking),
                health,
                new HookRunner(runs, supervisor, imageLookup, workers, execs),
                logs,
                builds,
                bus,
                notices,
                workers,
                failpoint,
                clock);
        recovery = new Recovery(
                directories,
                stateFiles,
                trees,
                table,
                runtime,
                registry,
                fixedAddresses,
                networking,
                logs,
                supervisor,
                clock,
                notices,
                bootId);
    }

    /** What the engine is made of. */
    public EngineParts parts() {
        return parts;
    }

    /**
     * Takes over what an engine before this one left.
     *
     * @return what {@link Engine#comeBack} is to start
     */
    public Map<String, Set<String>> recover() throws IOException {
        parts.workers().execute(parts.runtime()::warmUp);
        StateFiles.removeUnfinished(data);
        Map<String, Set<String>> comeback = recovery.run();
        runner.recover();
        parts.volumes().damaged().forEach(problem -> parts.notices().add(String.valueOf(problem.getMessage())));
        if (parts.table().isEmpty()) {
            cgroups.removeParentIfEmpty();
        }
        return comeback;
    }

    /**
     * Names what this engine makes in the kernel: {@code jcompose} for the usual directories, otherwise with a hash of
     * them, so that engines of other directories are never touched.
     */
    public static String engineId(EngineDirectories directories) {
        if (directories.equals(DEFAULT)) {
            return "jcompose";
        }
        CRC32 crc = new CRC32();
        crc.update(directories.data().toString().getBytes(StandardCharsets.UTF_8));
        return "jcompose-" + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Ends the watching; containers go on. */
    @Override
    public void close() throws IOException {
        firewallWatch.ifPresent(FirewallWatch::close);
        runner.close();
        imageWorker.close();
        syslog.close();
        loop.close();
        networkNamespaces.close();
        networks.close();
        images.close();
    }
}
