package dev.jcompose.bench;

import dev.jcompose.engine.network.ContainerSockets;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Spawner;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.AttachmentSpec;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.Endpoint;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsMember;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.DnsView;
import dev.jcompose.network.dns.DnsZones;
import dev.jcompose.network.dns.HostResolvers;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.ports.PortRequest;
import dev.jcompose.network.ports.ReservedPort;
import dev.jcompose.runtime.NetworkNamespaces;
import dev.jcompose.runtime.PreparedNetwork;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to attach a container that is there to a network. Needs root. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 300)
@Measurement(iterations = 200)
public class AttachBenchmark extends InEngineJvm {
    private static final String NAME = "jcompose-attach";
    private static final int CONTAINER_PORT = 80;
    private static final int ANY_PORT = 0;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many containers the network has meanwhile. */
    @Param({"1", "200"})
    public int containers;

    /** A container on the network, and what it is known by there. */
    private record Member(
            PreparedNetwork prepared,
            Attachment attachment,
            @Nullable Presence presence) {}

    private record Presence(
            List<ReservedPort> reserved, List<PublishedPort> published, DnsMember names, DnsEndpoint answers) {}

    private final Deque<Member> members = new ArrayDeque<>();
    private final List<DnsMember> names = new ArrayList<>();
    private final ExecutorService beside = Executors.newCachedThreadPool();
    private final IoEventLoopGroup netty = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    @SuppressWarnings("NullAway.Init") // JMH sets up every state before it is used
    private Parts parts;

    @SuppressWarnings("NullAway.Init")
    private PreparedNetwork next;

    private int count;

    /** What the engine has when it attaches. */
    private record Parts(
            Linux linux, NetworkNamespaces namespaces, Networks networks, ContainerNetwork network, DnsServer dns) {}

    /** Makes the network, and all of its containers but one. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        var kernel = new NativeKernel();
        var linux = new Linux(kernel);
        var networks = Networks.open(linux, NAME);
        parts = new Parts(
                linux,
                ContainerSockets.namespaces(linux, new Spawner(linux, kernel), networks, beside),
                networks,
                networks.create(NetworkSpec.of("a".repeat(64), NAME, NAME)),
                new DnsServer(netty, linux, new HostResolvers(Path.of("/etc/resolv.conf"))));
        while (members.size() < containers - 1) {
            prepare();
            attachAndPublish();
        }
    }

    /** Makes the namespace. */
    @Setup(Level.Invocation)
    public void prepare() throws IOException {
        next = parts.namespaces().take();
    }

    /** A veth pair with its addresses and routes. */
    @Benchmark
    public Attachment attach() throws IOException {
        count++;
        Attachment attachment = plug(ContainerSockets.of(parts.linux(), next));
        members.addLast(new Member(next, attachment, null));
        return attachment;
    }

    /** The same, a published port, its names, and the answers to its questions. */
    @Benchmark
    public int attachAndPublish() throws IOException {
        count++;
        ContainerSockets inside = ContainerSockets.of(parts.linux(), next);
        Attachment attachment = plug(inside);
        IpAddress address = attachment.addresses().get(0).address();
        List<ReservedPort> reserved =
                parts.networks().ports().reserve(List.of(PortRequest.of(name(), Protocol.TCP, ANY_PORT)));
        int port = reserved.get(0).port();
        var published = List.of(new PublishedPort(id(), name(), Protocol.TCP, null, port, address, CONTAINER_PORT));
        parts.networks().publish(published);
        List<InetAddress> addresses = List.of(address.toInetAddress());
        var member = new DnsMember(NAME, name(), id(), NAME, "service", List.of(), addresses);
        names.add(member);
        parts.dns().zones(DnsZones.of(names));
        DnsEndpoint answers = parts.dns().open(inside.udp(), inside.tcp(), DnsView.of(List.of(NAME)));
        members.addLast(new Member(next, attachment, new Presence(reserved, published, member, answers)));
        return port;
    }

    private Attachment plug(ContainerSockets inside) throws IOException {
        var wanted = new Endpoint(parts.network(), AttachmentSpec.of(id(), name(), "eth0", true));
        return parts.networks()
                .attachAll(List.of(wanted), next.namespace(), inside.netlink())
                .get(0);
    }

    private String id() {
        return "%064x".formatted(count);
    }

    private String name() {
        return NAME + "-" + count;
    }

    /** Takes the container off the network again. */
    @TearDown(Level.Invocation)
    public void detach() throws IOException {
        Member member = members.removeLast();
        Presence presence = member.presence();
        if (presence != null) {
            presence.answers().close();
            names.remove(presence.names());
            parts.networks().unpublish(presence.published());
            parts.networks().ports().release(presence.reserved());
        }
        parts.networks().release(member.attachment());
        member.prepared().close();
        // The kernel removes the network namespace in the background, under locks that the next one would wait for.
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Removes the network and all that is on it. */
    @TearDown(Level.Trial)
    public void close() throws IOException, InterruptedException {
        while (!members.isEmpty()) {
            detach();
        }
        parts.namespaces().close();
        parts.networks().remove(parts.network());
        parts.networks().close();
        beside.shutdown();
        netty.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).sync();
    }
}
