package dev.jcompose.network.ports;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.network.NetworkException;
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
    private final PortSockets sockets;
    private final PortConflicts conflicts = new PortConflicts(Path.of("/proc"));
    private final Map<ReservedPort, Optional<Fd>> held = new LinkedHashMap<>();

    public PortReservations(Linux linux) {
        sockets = new PortSockets(linux.sockets());
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
            Optional<Fd> socket = held.remove(port);
            if (socket != null) {
                socket.ifPresent(Fd::close);
            }
        }
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

    private ReservedPort hold(PortRequest request, int port) throws ErrnoException {
        Optional<Fd> socket;
        try {
            socket = sockets.bind(request.protocol(), request.hostIp(), port, false);
        } catch (ErrnoException e) {
            // Connections of a server that ended still count against us for a minute, unless we say that we reuse.
            if (!e.is(Errno.EADDRINUSE)
                    || conflicts
                            .holder(request.protocol(), request.hostIp(), port)
                            .isPresent()) {
                throw e;
            }
            socket = sockets.bind(request.protocol(), request.hostIp(), port, true);
        }
        int number = socket.isPresent() && port == 0 ? sockets.port(socket.get()) : port;
        ReservedPort reserved = new ReservedPort(request, number);
        held.put(reserved, socket);
        return reserved;
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
