package dev.jcompose.network.ports;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A port of the host that a container wants.
 *
 * @param containerName who wants it, for errors
 * @param hostIp on which address of the host: null for all of both families, {@code 0.0.0.0} or {@code ::} for all of
 *     one
 * @param first the port, or the first of a range of which one is wanted; 0 for any
 * @param last the last of the range, the same as {@code first} for a single port
 */
public record PortRequest(
        String containerName, Protocol protocol, @Nullable IpAddress hostIp, int first, int last) {

    public PortRequest {
        if (first < 0 || last > 65535 || last < first || (first == 0 && last != 0)) {
            throw new IllegalArgumentException(
                    "host port %d-%d of \"%s\" is not a range in 1..65535, or 0".formatted(first, last, containerName));
        }
    }

    /** A single port, or any with 0. */
    public static PortRequest of(String containerName, Protocol protocol, int port) {
        return new PortRequest(containerName, protocol, null, port, port);
    }

    /** As errors name it: {@code 8080/tcp}, {@code 127.0.0.1:8080/tcp}, {@code 8000-8010/tcp}. */
    @Override
    public String toString() {
        return show(first, last);
    }

    String show(int from, int to) {
        String address = hostIp == null ? "" : (hostIp.v6() ? "[" + hostIp + "]" : hostIp) + ":";
        return address + from + (to == from ? "" : "-" + to) + "/" + protocol;
    }

    boolean overlaps(PortRequest other) {
        if (protocol != other.protocol) {
            return false;
        }
        if (hostIp == null || other.hostIp == null) {
            return true;
        }
        boolean all = hostIp.isAny() || other.hostIp.isAny();
        return hostIp.v6() == other.hostIp.v6() && (all || Objects.equals(hostIp, other.hostIp));
    }
}
