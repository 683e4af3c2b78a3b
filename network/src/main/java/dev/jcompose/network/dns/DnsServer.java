package dev.jcompose.network.dns;

import static java.util.Objects.requireNonNull;

import dev.jcompose.linux.DatagramBatch;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketSpec;
import dev.jcompose.linux.netlink.NetworkNamespace;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DNS of all containers; one per engine. Needs {@code CAP_SYS_ADMIN} to enter their namespaces. Thread-safe.
 *
 * <p>A container asks 127.0.0.11:53 in its own network namespace. What is asked is looked up in the {@link DnsZones} of
 * the moment, within the container's {@link DnsView}; the rest goes to the resolvers of the host, from the host's
 * namespace. Rules of the packet filter take part only where the container has a name server of its own.
 */
public final class DnsServer {
    private static final Logger log = LoggerFactory.getLogger(DnsServer.class);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(1500);

    private final IoEventLoop loop;
    private final Linux linux;
    private final HostResolvers hostResolvers;
    private final Forwarder forwarder;
    private final DatagramBatch batch;
    private volatile Supplier<DnsZones> zones = DnsZones::empty;

    /**
     * @param group of epoll loops, of which one answers all; stays the caller's. Its threads must be in the host's
     *     network namespace
     * @throws IllegalStateException if netty's native epoll transport does not load on this machine
     */
    public DnsServer(IoEventLoopGroup group, Linux linux, HostResolvers hostResolvers) {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "names cannot be resolved in containers: netty's native epoll transport does not load ("
                            + Epoll.unavailabilityCause() + "); is its jar for this architecture on the class path?",
                    Epoll.unavailabilityCause());
        }
        this.loop = group.next();
        this.linux = requireNonNull(linux, "linux");
        this.hostResolvers = requireNonNull(hostResolvers, "hostResolvers");
        SecureRandom random = new SecureRandom();
        this.forwarder = new Forwarder(
                loop,
                UpstreamChannel.udp(ATTEMPT_TIMEOUT, random),
                UpstreamChannel.tcp(ATTEMPT_TIMEOUT, random),
                System::nanoTime);
        this.batch = linux.sockets().datagrams(UdpSizes.QUERIES, UdpSizes.QUERY_BYTES);
    }

    /** Replaces the whole table; queries that come after this see the new one. */
    public void zones(DnsZones replacement) {
        requireNonNull(replacement, "replacement");
        zones = () -> replacement;
    }

    /** From now on asks for the table with every query; {@code current} is called on the event loop. */
    public void zones(Supplier<DnsZones> current) {
        zones = requireNonNull(current, "current");
    }

    /** The table of the moment. */
    public DnsZones zones() {
        return zones.get();
    }

    /**
     * The sockets that {@link #open(Fd, Fd, DnsView)} takes: UDP and TCP. The loopback interface must be up before they
     * are made.
     */
    public static List<SocketSpec> sockets() {
        return List.of(NamespaceSockets.UDP, NamespaceSockets.TCP);
    }

    /**
     * Answers a container on sockets that were made in its network namespace, and closes them in the end. What it asked
     * before waits in them.
     */
    public DnsEndpoint open(Fd udp, Fd tcp, DnsView view) {
        return serve(new NamespaceSockets(udp, tcp), view);
    }

    /**
     * Opens the endpoint of a container; no query that is sent after the return is lost. Takes a fraction of a
     * millisecond on a thread of its own, for which it waits: not to be called on an event loop.
     *
     * @param netnsPid a process in the container's network namespace, whose loopback interface is up
     * @throws IOException if the process is gone, or 127.0.0.11:53 is taken there and nf_tables cannot lead around that
     */
    public DnsEndpoint open(int netnsPid, DnsView view) throws IOException {
        return serve(NamespaceSockets.open(linux, netnsPid), view);
    }

    /**
     * The same beside a name server of the container's own, which can have port 53 of all addresses but this one.
     *
     * @throws IOException if the kernel has no nf_tables, or denies it
     */
    public DnsEndpoint openBeside(NetworkNamespace namespace, DnsView view) throws IOException {
        return serve(namespace.call(() -> NamespaceSockets.beside(linux)), view);
    }

    /** Does not wait: what is sent to a bound socket before its loop knows it is answered as soon as it does. */
    private DnsEndpoint serve(NamespaceSockets sockets, DnsView view) {
        ContainerResolver resolver = new ContainerResolver(this::zones, hostResolvers, forwarder, view);
        UdpSocket datagrams = new UdpSocket(sockets.udp(), linux.sockets(), batch, resolver);
        ChannelGroup channels = new DefaultChannelGroup(loop);
        EpollServerSocketChannel listener =
                new EpollServerSocketChannel(sockets.tcp().release());
        listener.pipeline().addLast(new TcpAcceptor(resolver, channels));
        channels.add(listener);
        EventLoop forChannels = loop;
        forChannels.register(listener).addListener(registered -> {
            if (!registered.isSuccess()) {
                log.error("a container has no dns over tcp: register its socket", registered.cause());
                listener.unsafe().closeForcibly();
            }
        });
        datagrams.serve(loop);
        return new DnsEndpoint(loop, resolver, datagrams, channels);
    }
}
