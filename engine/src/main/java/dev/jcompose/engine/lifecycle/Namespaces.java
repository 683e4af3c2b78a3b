package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.network.NetworkMode;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which namespaces a container shares, from the {@code network_mode}, {@code pid}, {@code ipc} and {@code uts} of its
 * service.
 */
public final class Namespaces {
    private final ContainerTable table;

    public Namespaces(ContainerTable table) {
        this.table = table;
    }

    /**
     * The namespaces of one start.
     *
     * @throws IllegalArgumentException when a container whose namespace is to be shared does not run
     */
    NamespaceSpec of(Container container) {
        dev.jcompose.model.Namespaces wanted = container.service().namespaces();
        Namespace network = NetworkMode.of(container) == NetworkMode.HOST
                ? Namespace.host()
                : one(container, "network_mode", wanted.network());
        Namespace uts = one(container, "uts", wanted.uts());
        if (network instanceof Namespace.Host) {
            // As Docker does it: the host's network comes with the host's name.
            uts = Namespace.host();
        }
        return new NamespaceSpec(
                network, one(container, "pid", wanted.pid()), one(container, "ipc", wanted.ipc()), uts);
    }

    private Namespace one(Container container, String attribute, @Nullable String mode) {
        if (mode == null) {
            return Namespace.own();
        }
        if (mode.equals("host")) {
            return Namespace.host();
        }
        boolean shared = mode.startsWith("service:") || mode.startsWith("container:");
        if (!shared) {
            return Namespace.own();
        }
        return other(container, mode)
                .map(Container::status)
                .map(ContainerStatus::process)
                .map(process -> Namespace.ofProcess(process.pid()))
                .orElseThrow(() -> new IllegalArgumentException(
                        attribute + " \"" + mode + "\": the container to share with does not run"));
    }

    /** The container whose network {@code container} shares, if it shares one and that one runs. */
    public Optional<Container> networkOwner(Container container) {
        String mode = container.service().namespaces().network();
        return mode == null ? Optional.empty() : other(container, mode);
    }

    private Optional<Container> other(Container container, String mode) {
        if (mode.startsWith("service:")) {
            String service = mode.substring("service:".length());
            return table.ofProject(container.config().project()).stream()
                    .filter(c ->
                            c.config().service().equals(service) && c.status().isAlive())
                    .findFirst();
        }
        return mode.startsWith("container:")
                ? Optional.of(table.find(mode.substring("container:".length())))
                : Optional.empty();
    }
}
