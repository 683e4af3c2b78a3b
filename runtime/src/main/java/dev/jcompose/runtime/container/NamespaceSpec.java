package dev.jcompose.runtime.container;

/**
 * Which namespaces a container has to itself. Its mount and cgroup namespaces are always its own.
 *
 * @param network where its interfaces are
 * @param pid which processes it sees
 * @param ipc System V IPC, message queues, and {@code /dev/shm}
 * @param uts its host name; must be its own for a host name to be set
 */
public record NamespaceSpec(Namespace network, Namespace pid, Namespace ipc, Namespace uts) {

    /** All its own. */
    public static final NamespaceSpec OWN =
            new NamespaceSpec(Namespace.own(), Namespace.own(), Namespace.own(), Namespace.own());

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

        /** A new one. */
        static Namespace own() {
            return new Own();
        }

        /** The engine's. */
        static Namespace host() {
            return new Host();
        }

        /** That of a process. */
        static Namespace ofProcess(int pid) {
            return new OfProcess(pid);
        }
    }
}
