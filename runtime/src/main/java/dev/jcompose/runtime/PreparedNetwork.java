package dev.jcompose.runtime;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.netlink.NetworkNamespace;
import java.util.List;

/**
 * A network namespace that a container is to begin in, with its loopback interface up.
 *
 * @param namespace goes when this is closed and no process has begun in it
 * @param sockets that were made in it for the engine, in the order that {@link NetworkNamespaces} was told; whoever
 *     takes one over closes it
 */
public record PreparedNetwork(NetworkNamespace namespace, List<Fd> sockets) implements AutoCloseable {

    @Override
    public void close() {
        namespace.close();
        sockets.forEach(Fd::close);
    }
}
