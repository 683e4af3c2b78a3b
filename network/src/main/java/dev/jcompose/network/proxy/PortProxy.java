package dev.jcompose.network.proxy;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.firewall.PublishedPort;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The ports that are served in user space, TCP and UDP. Each protocol is served by one thread, which begins with its
 * first port, in the network namespace of the caller, and ends with the last. Thread-safe.
 */
public final class PortProxy implements AutoCloseable {
    private final Linux linux;
    private final UdpPorts datagrams;
    private final Map<PublishedPort, TcpPort> listeners = new HashMap<>();
    private @Nullable EventLoop loop;

    public PortProxy(Linux linux) {
        this.linux = linux;
        this.datagrams = new UdpPorts(linux);
    }

    /** Whether a protocol can be served at all. */
    public static boolean serves(Protocol protocol) {
        return protocol != Protocol.SCTP;
    }

    /**
     * Begins to serve a port; one that is served already it leaves alone.
     *
     * @param socket bound to the port, not listening yet, does not block; taken over
     * @throws NetworkException naming the port
     */
    public synchronized void open(PublishedPort port, Fd socket) throws NetworkException {
        if (listeners.containsKey(port) || datagrams.serves(port)) {
            socket.close();
            return;
        }
        try {
            if (port.protocol() == Protocol.UDP) {
                datagrams.open(port, socket);
            } else {
                listeners.put(port, TcpPort.open(linux, loop(), socket, port.containerIp(), port.containerPort()));
            }
        } catch (ErrnoException | RuntimeException e) {
            socket.close();
            throw new NetworkException("cannot serve published port %s".formatted(port), e);
        }
    }

    /** Ends serving a port, and the connections through it; for one that is not served it does nothing. */
    public synchronized void close(PublishedPort port) {
        datagrams.close(port);
        TcpPort listener = listeners.remove(port);
        if (listener != null) {
            end(listener);
        }
    }

    @Override
    public synchronized void close() {
        datagrams.close();
        listeners.values().forEach(this::end);
        listeners.clear();
        if (loop != null) {
            loop.close();
            loop = null;
        }
    }

    private EventLoop loop() throws ErrnoException {
        if (loop == null) {
            loop = new EventLoop(linux, "port-proxy");
        }
        return loop;
    }

    /** When this returns nothing is accepted any more. */
    private void end(TcpPort listener) {
        if (loop != null) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            loop.execute(() -> {
                listener.close();
                ended.complete(null);
            });
            ended.join();
        }
    }
}
