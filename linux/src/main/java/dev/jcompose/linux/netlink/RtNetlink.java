package dev.jcompose.linux.netlink;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.SocketSpec;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Links, addresses and routes of the network namespace of the thread that opened it. Changing them needs
 * {@code CAP_NET_ADMIN}. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip.8.html">ip(8)</a>
 */
public final class RtNetlink implements AutoCloseable {
    private final NetlinkSocket socket;

    private RtNetlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Opens it for the calling thread's network namespace. */
    public static RtNetlink open(Linux linux) throws ErrnoException {
        return new RtNetlink(NetlinkSocket.open(linux, NetlinkSocket.NETLINK_ROUTE));
    }

    /** A socket for {@link #over}, to be made in another namespace. */
    public static SocketSpec spec() {
        return NetlinkSocket.spec(NetlinkSocket.NETLINK_ROUTE);
    }

    /** Takes over a socket of {@link #spec}; it works on the namespace that it was made in. */
    public static RtNetlink over(Linux linux, Fd socket) {
        return new RtNetlink(NetlinkSocket.over(linux, socket));
    }

    /** Makes all the changes with one system call each way; see {@link NetlinkSocket#exchange(List)}. */
    public void run(NetlinkRequest... requests) throws ErrnoException {
        socket.exchange(List.of(requests));
    }

    /** Makes all the changes. */
    public void run(List<NetlinkRequest> requests) throws ErrnoException {
        socket.exchange(requests);
    }

    /** Removes a link, and with a veth its peer; returns false when there was none. */
    public boolean deleteLink(String name) throws ErrnoException {
        return delete(RtRequests.delLink(name));
    }

    /** Removes all links of a group; returns false when there was none. */
    public boolean deleteGroup(int group) throws ErrnoException {
        return delete(RtRequests.delGroup(group));
    }

    /**
     * Makes a veth pair.
     *
     * @param pair makes it, with the end that is in this namespace down: to be asked about a link that waits for its
     *     carrier, the kernel first takes its queues down, and waits for all processors to have noticed
     * @param name of that end
     * @return the index of the other end, in its own namespace
     */
    public int addVeth(NetlinkRequest pair, String name) throws ErrnoException {
        for (NetlinkMessage answer : socket.exchange(List.of(pair, RtRequests.getLink(name)))) {
            int peer = answer.number(RtMessages.IFINFOMSG_BYTES, RtMessages.IFLA_LINK, 0);
            if (peer != 0) {
                return peer;
            }
        }
        throw new ErrnoException("ip link show " + name, Errno.EPROTO.number(), "it has no peer");
    }

    /** The link with this name. */
    public Optional<LinkInfo> link(String name) throws ErrnoException {
        try {
            return socket.exchange(RtRequests.getLink(name)).stream()
                    .map(LinkInfo::of)
                    .findFirst();
        } catch (ErrnoException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All links. */
    public List<LinkInfo> links() throws ErrnoException {
        return socket.dump(RtRequests.listLinks()).stream().map(LinkInfo::of).toList();
    }

    /** The addresses of all links, both families. */
    public List<AddressInfo> addresses() throws ErrnoException {
        return socket.dump(RtRequests.listAddresses()).stream()
                .flatMap(message -> AddressInfo.of(message).stream())
                .toList();
    }

    /** The routes of all tables, both families. */
    public List<RouteInfo> routes() throws ErrnoException {
        List<RouteInfo> routes = new ArrayList<>();
        for (int family : List.of(SocketCalls.AF_INET, SocketCalls.AF_INET6)) {
            for (NetlinkMessage message : socket.dump(RtRequests.listRoutes(family))) {
                try {
                    routes.add(RouteInfo.of(message));
                } catch (UnknownHostException e) {
                    throw new ErrnoException("ip route show table all", Errno.EPROTO.number(), "bad address length");
                }
            }
        }
        return routes;
    }

    private boolean delete(NetlinkRequest request) throws ErrnoException {
        try {
            socket.exchange(request);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.ENODEV)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
