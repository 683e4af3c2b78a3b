package dev.jcompose.engine.core;

import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PruneNetworksRequest;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.IpamPool;
import dev.jcompose.model.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Networks beside projects: listed, made for several projects, removed. */
final class NetworkCommands implements NetworkOperations {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    private final NetworkRegistry networks;
    private final NetworkSummaries summaries;
    private final NetworkConnections connections;

    NetworkCommands(NetworkRegistry networks, NetworkConnections connections) {
        this.connections = connections;
        this.networks = networks;
        this.summaries = new NetworkSummaries(networks);
    }

    @Override
    public List<NetworkSummary> list() {
        return summaries.all();
    }

    @Override
    public NetworkSummary create(NetworkRequest request) {
        if (!NAME.matcher(request.name()).matches()) {
            throw new EngineException(
                    Kind.INVALID,
                    "network name \"%s\" has other characters than letters, digits, _ . -".formatted(request.name()));
        }
        if (list().stream().anyMatch(network -> network.name().equals(request.name()))) {
            throw new EngineException(Kind.CONFLICT, "network with name %s already exists".formatted(request.name()));
        }
        Network network = new Network(
                request.name(),
                request.name(),
                request.driver(),
                request.options(),
                request.attachable(),
                request.internal(),
                false,
                request.enableIpv4(),
                request.enableIpv6(),
                new Ipam(
                        null,
                        request.pools().stream().map(NetworkCommands::pool).toList(),
                        Map.of()),
                request.labels(),
                Map.of());
        try {
            networks.create("", network, request.labels(), 0);
            return find(request.name());
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static IpamPool pool(NetworkSummary.Pool pool) {
        return new IpamPool(
                pool.subnet(),
                pool.ipRange().isEmpty() ? null : pool.ipRange(),
                pool.gateway().isEmpty() ? null : pool.gateway(),
                pool.auxiliary());
    }

    @Override
    public void remove(String name) {
        NetworkSummary network = find(name);
        if (network.isPredefined()) {
            throw new EngineException(
                    Kind.INVALID, "network \"%s\" is always there and cannot be removed".formatted(network.name()));
        }
        if (!network.endpoints().isEmpty()) {
            throw new EngineException(
                    Kind.CONFLICT,
                    "network \"%s\" is in use by %s"
                            .formatted(
                                    network.name(),
                                    network.endpoints().stream()
                                            .map(NetworkSummary.Endpoint::name)
                                            .toList()));
        }
        try {
            networks.remove(network.name());
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void connect(String network, ConnectRequest request) {
        connections.connect(find(network).name(), request);
    }

    @Override
    public void disconnect(String network, String container) {
        connections.disconnect(find(network).name(), container);
    }

    @Override
    public List<String> prune(PruneNetworksRequest request) {
        List<String> removed = new ArrayList<>();
        for (NetworkSummary network : list()) {
            if (request.accepts(network) && network.endpoints().isEmpty() && !connections.isUsed(network.name())) {
                remove(network.name());
                removed.add(network.name());
            }
        }
        return removed;
    }

    private NetworkSummary find(String name) {
        return NetworkSummary.find(list(), name)
                .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "network %s not found".formatted(name)));
    }
}
