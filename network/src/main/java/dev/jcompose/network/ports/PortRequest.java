package dev.jcompose.network.ports;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A port of the host that a container wants.
 *
 * @param containerName who wants it, for errors
 * @param hostIp on which address of the host, null for all of them
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
        if (hostIp != null && hostIp.isAny()) {
            hostIp = null;
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
        return protocol == other.protocol && (hostIp == null || other.hostIp == null || hostIp.equals(other.hostIp));
    }
}
