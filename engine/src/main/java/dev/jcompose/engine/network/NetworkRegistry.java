package dev.jcompose.engine.network;

import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import dev.jcompose.model.Network;
import dev.jcompose.model.hash.ConfigHash;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.BridgeNetwork;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.firewall.PublishedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of all projects: made, remembered, found again by another engine, removed. Thread-safe. */
public final class NetworkRegistry {
    private static final Logger log = LoggerFactory.getLogger(NetworkRegistry.class);

    private final Path directory;
    private final String engineId;
    private final StateFiles stateFiles;
    private final Networks networks;
    private final ConcurrentMap<String, NetworkRecord> byName = new ConcurrentHashMap<>();

    /**
     * Reads nothing yet, see {@link #restore}.
     *
     * @param engineId part of every network's id, so that two engines never make the same bridge
     */
    public NetworkRegistry(Path directory, String engineId, StateFiles stateFiles, Networks networks) {
        this.directory = directory;
        this.engineId = engineId;
        this.stateFiles = stateFiles;
        this.networks = networks;
    }

    /**
     * Takes over what another engine left: the bridges are made again if they are gone, and the firewall is written as
     * a whole.
     *
     * @param attachments of the containers that run
     * @param ports that they publish
     */
    public void restore(Collection<Attachment> attachments, Collection<PublishedPort> ports) throws IOException {
        for (NetworkRecord record : read()) {
            byName.put(record.network().spec().name(), record);
        }
        networks.restore(
                byName.values().stream().map(NetworkRecord::network).toList(), List.copyOf(attachments), ports);
    }

    private List<NetworkRecord> read() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> readOne(file).stream())
                    .toList();
        }
    }

    private Optional<NetworkRecord> readOne(Path file) {
        try {
            return stateFiles.read(file, NetworkRecord.class);
        } catch (StateException e) {
            log.error("{}; the network is left as it is", e.getMessage());
            return Optional.empty();
        }
    }

    /** Makes a project's network; for one that is there it does nothing. */
    public void create(String project, Network network) throws IOException {
        NetworkSpec spec = NetworkSpecs.of(engineId + "/" + network.name(), project, network);
        BridgeNetwork bridge = networks.create(spec);
        try {
            NetworkRecord record =
                    new NetworkRecord(NetworkRecord.VERSION, project, network.key(), ConfigHash.of(network), bridge);
            stateFiles.write(file(network.name()), record, Durability.POWER_FAILURE);
            byName.put(network.name(), record);
        } catch (RuntimeException e) {
            networks.remove(bridge);
            throw e;
        }
    }

    /** Removes a network; for one that is not there it does nothing. */
    public void remove(String name) throws IOException {
        NetworkRecord record = byName.get(name);
        if (record == null) {
            return;
        }
        networks.remove(record.network());
        Files.deleteIfExists(file(name));
        byName.remove(name);
    }

    /**
     * What is in the way of a project's networks on this host, in words for the user; nothing is made for it.
     *
     * @throws IOException when the host's firewall cannot be read
     */
    public List<String> warnings(String project, Collection<Network> wanted) throws IOException {
        List<NetworkSpec> specs = new ArrayList<>();
        for (Network network : wanted) {
            Optional<BridgeNetwork> known = find(network.name());
            if (known.isPresent()) {
                specs.add(known.get().spec());
            } else if (!network.external()) {
                specs.add(NetworkSpecs.of(engineId + "/" + network.name(), project, network));
            }
        }
        return networks.warnings(specs);
    }

    /** The network of that name. */
    Optional<BridgeNetwork> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(NetworkRecord::network);
    }

    /** What plans are made from. */
    public Map<String, ObservedResource> observed() {
        Map<String, ObservedResource> observed = new HashMap<>();
        byName.forEach((name, record) ->
                observed.put(name, new ObservedResource(name, record.project(), record.key(), record.configHash())));
        return observed;
    }

    private Path file(String name) {
        return directory.resolve(name + ".json");
    }
}
