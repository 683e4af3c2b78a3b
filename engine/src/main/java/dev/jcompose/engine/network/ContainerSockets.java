package dev.jcompose.engine.network;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketSpec;
import dev.jcompose.linux.Spawner;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.runtime.NetworkNamespaces;
import dev.jcompose.runtime.PreparedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What the engine works with in a container's network namespace, so that no thread of it enters that: a socket to set
 * the interfaces up, two to answer for names. They stay those of the {@link PreparedNetwork}, which closes what nobody
 * has taken over.
 */
public record ContainerSockets(RtNetlink netlink, Fd udp, Fd tcp) {

    /**
     * Makes network namespaces that have them, and a cable to {@code networks} where one is laid ahead.
     *
     * @param beside see {@link NetworkNamespaces}
     */
    public static NetworkNamespaces namespaces(Linux linux, Spawner spawner, Networks networks, Executor beside) {
        // In the order of "of".
        List<SocketSpec> specs = new ArrayList<>(List.of(RtNetlink.spec()));
        specs.addAll(DnsServer.sockets());
        return new NetworkNamespaces(
                linux,
                spawner,
                specs,
                made -> networks.layAhead(made.namespace(), of(linux, made).netlink()),
                beside);
    }

    /** Those of a prepared network. */
    public static ContainerSockets of(Linux linux, PreparedNetwork prepared) {
        List<Fd> sockets = prepared.sockets();
        return new ContainerSockets(RtNetlink.over(linux, sockets.get(0)), sockets.get(1), sockets.get(2));
    }
}
