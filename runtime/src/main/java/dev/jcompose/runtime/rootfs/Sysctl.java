package dev.jcompose.runtime.rootfs;

import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import java.util.Map;
import java.util.Set;

/** Which settings of {@code /proc/sys} belong to a container's own namespaces; others would change the host. */
public final class Sysctl {
    private static final Set<String> IPC = Set.of(
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced");

    /** What makes ping and low ports work without capabilities, in a network namespace of the container's own. */
    public static final Map<String, String> FOR_UNPRIVILEGED =
            Map.of("net.ipv4.ping_group_range", "0 2147483647", "net.ipv4.ip_unprivileged_port_start", "0");

    private Sysctl() {}

    /**
     * Checks that a setting may be made.
     *
     * @param name with dots, as {@code net.core.somaxconn}
     * @throws IllegalArgumentException if it is not in a namespace that the container has to itself
     */
    public static void requireOwn(String name, NamespaceSpec namespaces) {
        String dotted = name.replace('/', '.');
        boolean ipc = IPC.contains(dotted) || dotted.startsWith("fs.mqueue.");
        boolean network = dotted.startsWith("net.");
        if ((!ipc && !network) || dotted.contains("..")) {
            throw new IllegalArgumentException(
                    "sysctl \"" + name + "\" is not in a namespace of the container's own: it would change the host");
        }
        Namespace needed = ipc ? namespaces.ipc() : namespaces.network();
        if (needed instanceof Namespace.Host) {
            throw new IllegalArgumentException(
                    "sysctl \"" + name + "\" cannot be set in the host's " + (ipc ? "ipc" : "network") + " namespace");
        }
    }

    /** The file below {@code /proc/sys}. In a name with slashes, dots are part of a name, as an interface's. */
    static String path(String name) {
        return name.indexOf('/') >= 0 ? name : name.replace('.', '/');
    }
}
