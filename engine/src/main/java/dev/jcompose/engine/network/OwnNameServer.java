package dev.jcompose.engine.network;

import dev.jcompose.engine.assemble.ExposedPort;
import dev.jcompose.engine.container.Container;
import dev.jcompose.model.Service;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.dns.ResolvConf;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * Which containers may have a name server of their own, that wants port 53 of all addresses: those whose service or
 * image names the port, those that are to ask themselves, and those that may set up networks, as VPNs do.
 */
public final class OwnNameServer {
    private static final Set<String> SETS_NETWORKS_UP = Set.of("NET_ADMIN", "CAP_NET_ADMIN", "ALL", "CAP_ALL");
    private static final int DNS_PORT = 53;

    private final ImagePorts images;

    /** What the image of a container says that it listens at. */
    @FunctionalInterface
    public interface ImagePorts {
        /** {@code PORT} or {@code PORT/PROTOCOL} each. */
        Collection<String> of(Container container) throws IOException;
    }

    public OwnNameServer(ImagePorts images) {
        this.images = images;
    }

    boolean mayBeIn(Container container) throws IOException {
        Service service = container.service();
        return service.security().capAdd().stream()
                        .map(name -> name.toUpperCase(Locale.ROOT))
                        .anyMatch(SETS_NETWORKS_UP::contains)
                || service.dns().servers().stream().anyMatch(OwnNameServer::isInside)
                || ExposedPort.of(service, images.of(container)).stream().anyMatch(port -> port.number() == DNS_PORT);
    }

    private static boolean isInside(String server) {
        return !server.equals(ResolvConf.CONTAINER_NAMESERVER)
                && IpAddress.parse(server).isLoopback();
    }
}
