package dev.jcompose.engine.training;

import dev.jcompose.engine.api.ConnectRequest;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PruneNetworksRequest;
import java.util.List;

/** Refuses everything that is done to networks: whoever plays an engine overrides what is to be played. */
public abstract class RefusingNetworks implements NetworkOperations {

    @Override
    public List<NetworkSummary> list() {
        throw RefusingEngine.refused();
    }

    @Override
    public NetworkSummary create(NetworkRequest request) {
        throw RefusingEngine.refused();
    }

    @Override
    public void remove(String network) {
        throw RefusingEngine.refused();
    }

    @Override
    public void connect(String network, ConnectRequest request) {
        throw RefusingEngine.refused();
    }

    @Override
    public void disconnect(String network, String container) {
        throw RefusingEngine.refused();
    }

    @Override
    public List<String> prune(PruneNetworksRequest request) {
        throw RefusingEngine.refused();
    }
}
