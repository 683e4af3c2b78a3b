package dev.jcompose.network.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.network.NetworkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel's network settings, of the network namespace of the calling thread.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html">IP sysctl</a>
 */
final class Sysctl {
    private static final Path NET = Path.of("/proc/sys/net");
    private static final byte[] PING_GROUPS = "0 2147483647".getBytes(US_ASCII);
    private static final byte[] ZERO = "0".getBytes(US_ASCII);

    private Sysctl() {}

    /** What a new bridge needs; {@code routeLocalnet} so that 127.0.0.1 of the host can be a way to a container. */
    static void prepareBridge(String bridge, boolean routeLocalnet) throws NetworkException {
        if (routeLocalnet) {
            set(NET.resolve("ipv4/conf").resolve(bridge).resolve("route_localnet"), "1");
        }
        Path ipv6 = NET.resolve("ipv6/conf").resolve(bridge);
        if (Files.isDirectory(ipv6)) {
            // A container could else make itself the host's router.
            set(ipv6.resolve("accept_ra"), "0");
        }
    }

    /** In a container's namespace: ping and low ports need no capability there. */
    static void prepareContainer(Linux linux) throws ErrnoException {
        write(linux, "/proc/sys/net/ipv4/ping_group_range", PING_GROUPS);
        write(linux, "/proc/sys/net/ipv4/ip_unprivileged_port_start", ZERO);
    }

    /** Without the JDK's files, which cost several times as much: this is on the way of every container. */
    private static void write(Linux linux, String setting, byte[] value) throws ErrnoException {
        try (Fd fd = linux.files().openat(null, setting, Fcntl.O_WRONLY, 0)) {
            linux.files().writeFully(fd, value);
        }
    }

    private static boolean set(Path setting, String value) throws NetworkException {
        try {
            if (Files.readString(setting).strip().equals(value)) {
                return false;
            }
        } catch (IOException e) {
            throw new NetworkException("cannot read " + setting, e);
        }
        write(setting, value);
        return true;
    }

    private static void write(Path setting, String value) throws NetworkException {
        try {
            Files.writeString(setting, value);
        } catch (IOException e) {
            throw new NetworkException("cannot write \"" + value + "\" to " + setting, e);
        }
    }
}
