package dev.jcompose.bench;

import dev.jcompose.engine.network.ContainerSockets;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Spawner;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.AttachmentSpec;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.Endpoint;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.DnsView;
import dev.jcompose.network.dns.HostResolvers;
import dev.jcompose.runtime.Concurrent;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.CreatedContainer;
import dev.jcompose.runtime.NetworkNamespaces;
import dev.jcompose.runtime.PreparedNetwork;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.cgroup.Cgroups;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.container.RootfsSpec;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One container on {@code localhost/host}, from the request until its command has been executed. Needs root. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 200)
@Measurement(iterations = 500)
public class LaunchBenchmark extends InEngineJvm {
    private static final String NAME = "jcompose-bench";
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Path folder = Path.of("/nowhere");

    @SuppressWarnings("NullAway.Init") // JMH sets up every state before it is used
    private Parts parts;

    private int count;

    @SuppressWarnings("NullAway.Init") // set by each benchmark method
    private RunningContainer running;

    private @Nullable Attachment attachment;
    private @Nullable DnsEndpoint dns;

    /** What a container is made with. */
    private record Parts(
            Linux linux,
            Cgroups cgroups,
            ContainerRuntime runtime,
            NetworkNamespaces namespaces,
            Image image,
            Networks networks,
            ContainerNetwork network,
            EventLoopGroup netty,
            ExecutorService beside,
            DnsServer dnsServer) {}

    /** Makes a bridge network, and all that the engine has ready when a container is to start. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = Files.createTempDirectory(NAME);
        var kernel = new NativeKernel();
        var linux = new Linux(kernel);
        var cgroups = Cgroups.detect(linux, NAME);
        Image image;
        try (var images = ImageStore.open(linux, folder.resolve("images"), List.of(folder))) {
            image = images.find(ImageReference.parse("localhost/host")).orElseThrow();
        }
        var networks = Networks.open(linux, NAME);
        var network = networks.create(NetworkSpec.of("b".repeat(64), NAME, NAME));
        var beside = Executors.newCachedThreadPool();
        var netty = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        var resolvers = new HostResolvers(Path.of("/etc/resolv.conf"));
        var spawner = new Spawner(linux, kernel);
        parts = new Parts(
                linux,
                cgroups,
                new ContainerRuntime(linux, spawner, cgroups, beside),
                ContainerSockets.namespaces(linux, spawner, networks, beside),
                image,
                networks,
                network,
                netty,
                beside,
                new DnsServer(netty, linux, resolvers));
    }

    /** Without a network: mounts, namespaces, cgroup, seccomp. */
    @Benchmark
    public int alone() throws IOException {
        CreatedContainer created = parts.runtime().create(spec().build());
        running = created.start();
        return created.pid();
    }

    /** With a veth pair on the bridge, an address, and DNS. */
    @Benchmark
    public int withNetwork() throws IOException {
        try (PreparedNetwork prepared = parts.namespaces().take()) {
            NamespaceSpec namespaces = NamespaceSpec.OWN.withNetwork(
                    Namespace.open(prepared.namespace().descriptor()));
            try (var connecting = new Concurrent<>(() -> connect(prepared)).begin(parts.beside())) {
                CreatedContainer created =
                        parts.runtime().create(spec().namespaces(namespaces).build());
                dns = connecting.get();
                running = created.start();
                return created.pid();
            }
        }
    }

    /** As the engine does it, on another thread. */
    private DnsEndpoint connect(PreparedNetwork prepared) throws IOException {
        var wanted = AttachmentSpec.of("c" + count, NAME + "-" + count, "eth0", true);
        List<Endpoint> endpoints = List.of(new Endpoint(parts.network(), wanted));
        ContainerSockets inside = ContainerSockets.of(parts.linux(), prepared);
        attachment = parts.networks()
                .attachAll(endpoints, prepared.namespace(), inside.netlink())
                .get(0);
        return parts.dnsServer().open(inside.udp(), inside.tcp(), DnsView.of(List.of(NAME)));
    }

    /** Makes what the engine makes when a container is created, before it is started. */
    @Setup(Level.Invocation)
    public void next() throws IOException {
        count++;
        Files.createDirectory(own());
    }

    /** Removes the container. */
    @TearDown(Level.Invocation)
    public void remove() throws IOException {
        running.kill();
        if (!parts.linux().events().poll(running.exitFd(), EventCalls.EPOLLIN, PATIENCE_MILLIS)) {
            throw new IOException("the container does not end");
        }
        running.close();
        if (dns != null) {
            dns.close();
            dns = null;
        }
        if (attachment != null) {
            parts.networks().release(attachment);
            attachment = null;
        }
        Path own = own();
        parts.runtime().delete("c" + count, own.resolve("run"));
        deleteTree(own);
        // The kernel removes the network namespace in the background, under locks that the next launch would wait for.
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Removes the bridge and the rest. */
    @TearDown(Level.Trial)
    public void close() throws IOException, InterruptedException {
        parts.namespaces().close();
        parts.networks().remove(parts.network());
        parts.networks().close();
        parts.beside().shutdown();
        parts.netty().shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).sync();
        parts.cgroups().removeParentIfEmpty();
        deleteTree(folder);
    }

    private Path own() {
        return folder.resolve("c" + count);
    }

    private ContainerSpec.Builder spec() {
        Path own = own();
        var rootfs = new RootfsSpec(
                parts.image().layers(), own.resolve("upper"), own.resolve("work"), own.resolve("root"), false);
        return ContainerSpec.builder(
                "c" + count, own.resolve("run"), rootfs, ProcessSpec.of(List.of("/bin/sleep", "1000")));
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (var found = Files.walk(root)) {
            found.forEach(paths::add);
        }
        for (int i = paths.size() - 1; i >= 0; i--) {
            Files.delete(paths.get(i));
        }
    }
}
