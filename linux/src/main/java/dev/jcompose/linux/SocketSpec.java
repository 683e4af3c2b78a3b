package dev.jcompose.linux;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is to be made, by this process or by another one in a namespace of its own.
 *
 * @param family {@code AF_*}
 * @param type {@code SOCK_*}; it is always close-on-exec
 * @param options in the order in which they are set, before it is bound
 * @param address of IPv4 that it is bound to; null if it is not
 * @param backlog of listen(2); 0 if it does not listen
 */
public record SocketSpec(
        int family,
        int type,
        int protocol,
        List<Option> options,
        @Nullable InetSocketAddress address,
        int backlog) {

    /**
     * An integer option.
     *
     * @param mayFail whether the socket is good without it
     * @see <a href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</a>
     */
    public record Option(int level, int name, int value, boolean mayFail) {}

    public SocketSpec {
        options = List.copyOf(options);
    }

    /** Neither bound nor listening. */
    public static SocketSpec of(int family, int type, int protocol) {
        return new SocketSpec(family, type, protocol, List.of(), null, 0);
    }

    /** One more option, without which the socket is of no use. */
    public SocketSpec with(int level, int name, int value) {
        return with(new Option(level, name, value, false));
    }

    /** One more option. */
    public SocketSpec with(Option option) {
        List<Option> more = new ArrayList<>(options);
        more.add(option);
        return new SocketSpec(family, type, protocol, more, address, backlog);
    }

    /** Bound to an address of IPv4. */
    public SocketSpec boundTo(InetSocketAddress ipv4) {
        return new SocketSpec(family, type, protocol, options, ipv4, backlog);
    }

    /** Listening, at most {@code connections} unaccepted. */
    public SocketSpec listening(int connections) {
        return new SocketSpec(family, type, protocol, options, address, connections);
    }

    /** The {@code sockaddr_in} that it is bound to. */
    public byte @Nullable [] sockaddr() {
        return address == null ? null : SocketCalls.inet(address.getAddress().getAddress(), address.getPort());
    }

    /** Makes it, in the network namespace of the calling thread. */
    public Fd open(SocketCalls calls) throws ErrnoException {
        Fd socket = calls.socket(family, type, protocol);
        try {
            for (Option option : options) {
                set(calls, socket, option);
            }
            byte[] bound = sockaddr();
            if (bound != null) {
                calls.bind(socket, bound);
            }
            if (backlog > 0) {
                calls.listen(socket, backlog);
            }
            return socket;
        } catch (ErrnoException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void set(SocketCalls calls, Fd socket, Option option) throws ErrnoException {
        try {
            calls.setsockopt(socket, option.level(), option.name(), option.value());
        } catch (ErrnoException e) {
            if (!option.mayFail()) {
                throw e;
            }
        }
    }
}
