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
    private static final Path IPV6 = NET.resolve("ipv6/conf");
    private static final byte[] ZERO = "0".getBytes(US_ASCII);

    private Sysctl() {}

    private static void requireIpv6() throws NetworkException {
        if (!Files.isDirectory(IPV6)) {
            throw new NetworkException(
                    "this kernel has no IPv6: it was booted with ipv6.disable=1, or has no CONFIG_IPV6");
        }
    }

    /** What a new bridge needs; {@code routeLocalnet} so that 127.0.0.1 of the host can be a way to a container. */
    static void prepareBridge(String bridge, boolean routeLocalnet, boolean ipv6) throws NetworkException {
        if (routeLocalnet) {
            set(NET.resolve("ipv4/conf").resolve(bridge).resolve("route_localnet"), "1");
        }
        if (ipv6) {
            requireIpv6();
            set(IPV6.resolve(bridge).resolve("disable_ipv6"), "0");
        }
        if (Files.isDirectory(IPV6.resolve(bridge))) {
            // A container could else make itself the host's router.
            set(IPV6.resolve(bridge).resolve("accept_ra"), "0");
        }
    }

    /** For a link of the host that is to have no IPv6. */
    static void disableIpv6(String link) throws NetworkException {
        if (Files.isDirectory(IPV6.resolve(link))) {
            write(IPV6.resolve(link).resolve("disable_ipv6"), "1");
        }
    }

    /** In a container's namespace: IPv6 on one interface, whatever the host's default is. */
    static void enableIpv6(Linux linux, String interfaceName) throws ErrnoException {
        write(linux, IPV6 + "/" + interfaceName + "/disable_ipv6", ZERO);
    }

    /** In a container's namespace: a setting that the Compose file asks for. */
    static void apply(Linux linux, String interfaceName, InterfaceSysctl sysctl) throws NetworkException {
        try {
            write(linux, sysctl.path(interfaceName), sysctl.value().getBytes(US_ASCII));
        } catch (ErrnoException e) {
            throw new NetworkException("cannot write \"" + sysctl.value() + "\" to " + sysctl.path(interfaceName), e);
        }
    }

    /** Without the JDK's files, which cost several times as much: this is on the way of every container. */
    private static void write(Linux linux, String setting, byte[] value) throws ErrnoException {
        try (Fd fd = linux.files().openat(null, setting, Fcntl.O_WRONLY, 0)) {
            linux.files().writeFully(fd, value);
        }
    }

    private static boolean set(Path setting, String value) throws NetworkException {
        if (value(setting).equals(value)) {
            return false;
        }
        write(setting, value);
        return true;
    }

    private static String value(Path setting) throws NetworkException {
        try {
            return Files.readString(setting).strip();
        } catch (IOException e) {
            throw new NetworkException("cannot read " + setting, e);
        }
    }

    private static void write(Path setting, String value) throws NetworkException {
        try {
            Files.writeString(setting, value);
        } catch (IOException e) {
            throw new NetworkException("cannot write \"" + value + "\" to " + setting, e);
        }
    }
}
