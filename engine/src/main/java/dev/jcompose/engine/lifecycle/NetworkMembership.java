package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.network.ContainerNetworking;
import dev.jcompose.engine.network.ContainerNetworking.Change;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.runtime.container.ContainerProcess;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Which networks a container is on, from its creation to its removal, and how it is found while it is restarted. */
public final class NetworkMembership {
    private final Supervisor supervisor;
    private final ContainerNetworking networking;

    public NetworkMembership(Supervisor supervisor, ContainerNetworking networking) {
        this.supervisor = supervisor;
        this.networking = networking;
    }

    /** Takes a container to one more network, whether it runs or not. */
    public void join(Container container, String network, ServiceNetwork settings) throws IOException {
        container.lock().lock();
        try {
            networking.join(container, network, settings, change -> rewire(container, change));
        } finally {
            container.lock().unlock();
        }
    }

    /** Takes a container off a network, whether it runs or not. */
    public void part(Container container, String network) throws IOException {
        container.lock().lock();
        try {
            networking.part(container, network, change -> rewire(container, change));
        } finally {
            container.lock().unlock();
        }
    }

    private void rewire(Container container, Change change) throws IOException {
        Optional<LiveContainer> live = supervisor.live(container);
        ContainerProcess process = container.status().process();
        if (live.isPresent() && process != null) {
            supervisor.reconnected(container, change.of(live.get().connection(), process.pid()));
        }
    }

    /** The names of the networks that a container is on, or will be when it starts. */
    public Set<String> networks(Container container) {
        return networking.networks(container);
    }

    /**
     * Does something that stops containers and starts them again: meanwhile they are found by their names, at the
     * addresses that they will have again.
     */
    public void restarting(Collection<Container> containers, Runnable work) {
        containers.forEach(networking::keepNames);
        try {
            work.run();
        } finally {
            containers.forEach(container -> networking.releaseNames(container, comesBack(container)));
        }
    }

    private static boolean comesBack(Container container) {
        return container.status().state() == ContainerState.RESTARTING;
    }
}
