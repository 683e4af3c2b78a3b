package dev.jcompose.network.ports;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the host's ports that containers publish, in the network namespace of the thread that reserves them.
 *
 * <p>A held port is a socket that is bound and never listens: no other process can take the port, and where the
 * firewall does not lead a packet to the container it is refused at once. When the engine ends the ports are free,
 * although the firewall goes on to publish them; the next engine reserves them again. Thread-safe.
 */
public final class PortReservations implements AutoCloseable {
    private static final IpAddress ANY_V4 = new IpAddress(false, 0, 0);
    private static final IpAddress ANY_V6 = new IpAddress(true, 0, 0);
    private static final int ATTEMPTS = 16;

    private final PortSockets sockets;
    private final PortConflicts conflicts = new PortConflicts(Path.of("/proc"));
    private final Map<ReservedPort, List<Holder>> held = new LinkedHashMap<>();
    private final Linux linux;

    public PortReservations(Linux linux) {
        this.linux = linux;
        sockets = new PortSockets(linux.sockets());
    }

    private record Holder(IpAddress address, Optional<Fd> socket) {
        void close() {
            socket.ifPresent(Fd::close);
        }
    }

    /**
     * Reserves a port for each request, all or none; a range gives its first free one.
     *
     * @return in the order of the requests
     * @throws NetworkException if some are taken, naming for each the container or the process that has it
     */
    public synchronized List<ReservedPort> reserve(List<PortRequest> requests) throws NetworkException {
        List<ReservedPort> reserved = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (PortRequest request : requests) {
            try {
                reserved.add(reserve(request));
            } catch (NetworkException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            release(reserved);
            throw new NetworkException(String.join("; ", problems));
        }
        return reserved;
    }

    /** Frees ports; one that is not held is free already. */
    public synchronized void release(Collection<ReservedPort> ports) {
        for (ReservedPort port : ports) {
            List<Holder> holders = held.remove(port);
            if (holders != null) {
                holders.forEach(Holder::close);
            }
        }
    }

    /**
     * Another descriptor of the socket that holds a port, for somebody who serves it.
     *
     * @param address of the host, {@code 0.0.0.0} or {@code ::} where it is held on all
     * @return empty when the port is not held there
     */
    public synchronized Optional<Fd> share(Protocol protocol, IpAddress address, int port) throws ErrnoException {
        for (Map.Entry<ReservedPort, List<Holder>> entry : held.entrySet()) {
            if (entry.getKey().port() == port && entry.getKey().request().protocol() == protocol) {
                for (Holder holder : entry.getValue()) {
                    if (holder.address().equals(address) && holder.socket().isPresent()) {
                        return Optional.of(
                                linux.files().duplicate(holder.socket().get(), 0));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What is held now. */
    public synchronized List<ReservedPort> held() {
        return List.copyOf(held.keySet());
    }

    @Override
    public synchronized void close() {
        release(held());
    }

    private ReservedPort reserve(PortRequest request) throws NetworkException {
        String problem = "";
        for (int port = request.first(); port <= request.last(); port++) {
            Optional<String> container = container(request, port);
            if (container.isPresent()) {
                problem = inUse(request, port, container.get());
                continue;
            }
            try {
                return hold(request, port);
            } catch (ErrnoException e) {
                problem = explain(request, port, e);
            }
        }
        throw new NetworkException(
                request.first() == request.last() ? problem : "no port of %s is free: %s".formatted(request, problem));
    }

    /** On one address, or on all addresses of both families: there the second socket takes the number of the first. */
    private ReservedPort hold(PortRequest request, int port) throws ErrnoException {
        IpAddress hostIp = request.hostIp();
        if (hostIp != null) {
            Holder only = bind(request.protocol(), hostIp, port);
            return note(new ReservedPort(request, number(only, port), !hostIp.v6(), hostIp.v6()), List.of(only));
        }
        boolean ipv6 = PortSockets.hasIpv6();
        for (int attempt = 1; ; attempt++) {
            Holder first = bind(request.protocol(), ANY_V4, port);
            try {
                int number = number(first, port);
                ReservedPort reserved = new ReservedPort(request, number, true, ipv6);
                return note(reserved, ipv6 ? List.of(first, bind(request.protocol(), ANY_V6, number)) : List.of(first));
            } catch (ErrnoException | RuntimeException e) {
                first.close();
                boolean another = port == 0
                        && attempt < ATTEMPTS
                        && e instanceof ErrnoException errno
                        && errno.is(Errno.EADDRINUSE);
                if (!another) {
                    throw e;
                }
            }
        }
    }

    private ReservedPort note(ReservedPort reserved, List<Holder> holders) {
        held.put(reserved, holders);
        return reserved;
    }

    private int number(Holder holder, int port) throws ErrnoException {
        return holder.socket().isPresent() && port == 0
                ? sockets.port(holder.socket().get())
                : port;
    }

    private Holder bind(Protocol protocol, IpAddress address, int port) throws ErrnoException {
        try {
            return new Holder(address, sockets.bind(protocol, address, port, false));
        } catch (ErrnoException e) {
            // Connections of a server that ended still count against us for a minute, unless we say that we reuse.
            if (!e.is(Errno.EADDRINUSE)
                    || conflicts.holder(protocol, address, port).isPresent()) {
                throw e;
            }
            return new Holder(address, sockets.bind(protocol, address, port, true));
        }
    }

    private Optional<String> container(PortRequest request, int port) {
        return held.keySet().stream()
                .filter(other -> other.port() == port && other.request().overlaps(request))
                .map(other -> "container \"" + other.request().containerName() + "\"")
                .findFirst();
    }

    private String explain(PortRequest request, int port, ErrnoException e) {
        if (e.is(Errno.EADDRINUSE)) {
            return inUse(
                    request,
                    port,
                    conflicts.holder(request.protocol(), request.hostIp(), port).orElse("another process"));
        }
        String name = request.show(port, port);
        if (e.is(Errno.EADDRNOTAVAIL)) {
            return "cannot publish port %s: this host has no address %s".formatted(name, request.hostIp());
        }
        return "cannot publish port %s: %s".formatted(name, e.getMessage());
    }

    private static String inUse(PortRequest request, int port, String holder) {
        return "port %s is in use by %s".formatted(request.show(port, port), holder);
    }
}
