package dev.jcompose.runtime.container;

import dev.jcompose.linux.Fd;

/**
 * Which namespaces a container has to itself. Its mount and cgroup namespaces are always its own.
 *
 * @param network where its interfaces are; only this one may be {@link Namespace.Open}
 * @param pid which processes it sees
 * @param ipc System V IPC, message queues, and {@code /dev/shm}
 * @param uts its host name; must be its own for a host name to be set
 */
public record NamespaceSpec(Namespace network, Namespace pid, Namespace ipc, Namespace uts) {

    /** All its own. */
    public static final NamespaceSpec OWN =
            new NamespaceSpec(Namespace.own(), Namespace.own(), Namespace.own(), Namespace.own());

    public NamespaceSpec {
        if (pid instanceof Namespace.Open || ipc instanceof Namespace.Open || uts instanceof Namespace.Open) {
            throw new IllegalArgumentException("only a network namespace can be one that is held open");
        }
    }

    /** The same with another network namespace. */
    public NamespaceSpec withNetwork(Namespace other) {
        return new NamespaceSpec(other, pid, ipc, uts);
    }

    /** One choice. */
    public sealed interface Namespace {

        /** A new one. */
        record Own() implements Namespace {}

        /** The engine's. */
        record Host() implements Namespace {}

        /**
         * That of a process, usually another container's first one.
         *
         * @param pid in the engine's pid namespace
         */
        record OfProcess(int pid) implements Namespace {
            public OfProcess {
                if (pid <= 0) {
                    throw new IllegalArgumentException("pid " + pid + " is not positive");
                }
            }
        }

        /**
         * One that is held open, and need not have a process.
         *
         * @param descriptor stays the caller's
         */
        record Open(Fd descriptor) implements Namespace {}

        /** A new one. */
        static Namespace own() {
            return new Own();
        }

        /** The engine's. */
        static Namespace host() {
            return new Host();
        }

        /** One that is held open. */
        static Namespace open(Fd descriptor) {
            return new Open(descriptor);
        }

        /** That of a process. */
        static Namespace ofProcess(int pid) {
            return new OfProcess(pid);
        }
    }
}
