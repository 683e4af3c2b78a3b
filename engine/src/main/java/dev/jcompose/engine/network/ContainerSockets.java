package dev.jcompose.engine.network;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketSpec;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.dns.DnsServer;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets that a container makes in its own network namespace for the engine, so that no thread of the engine
 * enters it: one to set the interfaces up, two to answer for names.
 */
record ContainerSockets(RtNetlink netlink, Fd udp, Fd tcp) implements AutoCloseable {

    /** What they are, in the order of {@link #of}. */
    static List<SocketSpec> specs() {
        List<SocketSpec> specs = new ArrayList<>(List.of(RtNetlink.spec()));
        specs.addAll(DnsServer.sockets());
        return specs;
    }

    static ContainerSockets of(Linux linux, List<Fd> sockets) {
        return new ContainerSockets(RtNetlink.over(linux, sockets.get(0)), sockets.get(1), sockets.get(2));
    }

    /** Closes what nobody else has taken over. */
    @Override
    public void close() {
        netlink.close();
        udp.close();
        tcp.close();
    }
}
