package dev.jcompose.engine.core;

import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.lifecycle.NetworkMembership;
import dev.jcompose.engine.network.NetworkMode;
import dev.jcompose.model.ServiceNetwork;
import java.io.IOException;

/** Takes containers to networks and off them. */
final class NetworkConnections {
    private final ContainerTable containers;
    private final NetworkMembership membership;

    NetworkConnections(ContainerTable containers, NetworkMembership membership) {
        this.containers = containers;
        this.membership = membership;
    }

    /** Whether a container is on the network, or will be when it starts. */
    boolean isUsed(String network) {
        return containers.stream()
                .anyMatch(container -> membership.networks(container).contains(network));
    }

    void connect(String network, ConnectRequest request) {
        Container container = containers.find(request.container());
        NetworkMode mode = NetworkMode.of(container);
        if (network.equals("host") || network.equals("none") || mode == NetworkMode.HOST) {
            throw new EngineException(
                    Kind.CONFLICT, "container cannot be disconnected from host network or connected to host network");
        }
        if (mode == NetworkMode.SHARED) {
            throw new EngineException(
                    Kind.CONFLICT,
                    "container sharing network namespace with another container or host cannot be connected to any"
                            + " other network");
        }
        if (mode == NetworkMode.NONE) {
            throw new EngineException(
                    Kind.CONFLICT,
                    "container cannot be connected to multiple networks with one of the networks in private (none)"
                            + " mode");
        }
        if (membership.networks(container).contains(network)) {
            throw new EngineException(
                    Kind.CONFLICT, "endpoint with name %s already exists in network %s".formatted(container, network));
        }
        ServiceNetwork settings = new ServiceNetwork(
                request.aliases(),
                request.ipv4(),
                request.ipv6(),
                request.linkLocal(),
                request.mac(),
                request.options(),
                null,
                0,
                request.gatewayPriority());
        try {
            membership.join(container, network, settings);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new EngineException(
                    Kind.FAILED, "cannot connect %s to %s: %s".formatted(container, network, e.getMessage()), e);
        }
    }

    void disconnect(String network, String name) {
        Container container = containers.find(name);
        if (!membership.networks(container).contains(network)) {
            throw new EngineException(
                    Kind.CONFLICT, "container %s is not connected to network %s".formatted(container, network));
        }
        try {
            membership.part(container, network);
        } catch (IOException e) {
            throw new EngineException(
                    Kind.FAILED, "cannot disconnect %s from %s: %s".formatted(container, network, e.getMessage()), e);
        }
    }
}
