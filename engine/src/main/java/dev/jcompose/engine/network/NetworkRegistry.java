package dev.jcompose.engine.network;

import dev.jcompose.engine.event.Notices;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.hash.ConfigHash;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.firewall.PublishedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of all projects: made, remembered, found again by another engine, removed. Thread-safe. */
public final class NetworkRegistry {
    private static final Logger log = LoggerFactory.getLogger(NetworkRegistry.class);

    private static final Network DEFAULT = new Network(
            NetworkMode.DEFAULT_BRIDGE,
            NetworkMode.DEFAULT_BRIDGE,
            null,
            Map.of(),
            false,
            false,
            false,
            null,
            null,
            Ipam.NONE,
            Map.of(),
            Map.of());
    private static final Set<String> PREDEFINED = Set.of(NetworkMode.DEFAULT_BRIDGE, "host", "none");

    private final Path directory;
    private final String engineId;
    private final StateFiles stateFiles;
    private final Networks networks;
    private final SubnetMemory subnets;
    private final Clock clock;
    private final Notices notices;
    private final ConcurrentMap<String, NetworkRecord> byName = new ConcurrentHashMap<>();

    /**
     * Reads nothing yet, see {@link #restore}.
     *
     * @param directory of the engine's data
     * @param engineId part of every network's id, so that two engines never make the same bridge
     * @param notices is told of what cannot be read
     */
    public NetworkRegistry(
            Path directory, String engineId, StateFiles stateFiles, Networks networks, Clock clock, Notices notices) {
        this.notices = notices;
        this.directory = directory.resolve("networks");
        this.subnets = new SubnetMemory(directory.resolve("subnets.json"), stateFiles);
        this.clock = clock;
        this.engineId = engineId;
        this.stateFiles = stateFiles;
        this.networks = networks;
    }

    /**
     * Takes over what another engine left: the bridges are made again if they are gone, those that nobody remembers are
     * removed, and the firewall is written as a whole.
     *
     * @param attachments of the containers that run
     * @param ports that they publish
     */
    public void restore(Collection<Attachment> attachments, Collection<PublishedPort> ports) throws IOException {
        boolean all = true;
        for (Path file : files()) {
            Optional<NetworkRecord> record = readOne(file);
            record.ifPresent(known -> byName.put(known.name(), known));
            all &= record.isPresent();
        }
        networks.restore(
                byName.values().stream().map(NetworkRecord::network).toList(), List.copyOf(attachments), ports);
        if (all) {
            removeLeftovers();
        }
    }

    /** What an engine made that was killed before it had written it down. */
    private void removeLeftovers() throws IOException {
        StateFiles.removeUnfinished(directory);
        Set<String> known = byName.values().stream()
                .map(record -> record.network().spec().id())
                .collect(Collectors.toSet());
        for (String id : networks.inKernel()) {
            if (!known.contains(id)) {
                log.info("removing the links of network {}, which was not finished", id);
                networks.removeLeftover(id);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    private Optional<NetworkRecord> readOne(Path file) {
        try {
            return stateFiles.read(file, NetworkRecord.class);
        } catch (StateException e) {
            String text = e.getMessage() + "; the network is left as it is until its project is brought up again";
            log.error(text);
            notices.add(text);
            return Optional.empty();
        }
    }

    /**
     * Makes a project's network; for one that is there, and for one that stands for a mode, it does nothing.
     *
     * @param labels of the network, those that jcompose gives among them
     * @param containers how many are to be on it, as far as that is known
     * @throws IllegalArgumentException for settings that cannot be
     */
    public void create(String project, Network network, Map<String, String> labels, int containers) throws IOException {
        if (network.standsFor("host") || network.standsFor("none")) {
            return;
        }
        if (PREDEFINED.contains(network.name())) {
            throw new IllegalArgumentException("networks." + network.key() + ": the network \"" + network.name()
                    + "\" is always there: use it with external: true");
        }
        make(project, network, labels, containers);
    }

    private NetworkRecord make(String project, Network network, Map<String, String> labels, int containers)
            throws IOException {
        NetworkSpec spec = NetworkSpecs.of(engineId + "/" + network.name(), project, network, labels);
        ContainerNetwork made = subnets.create(networks, spec, containers);
        NetworkRecord known = byName.get(network.name());
        if (known != null && known.network().equals(made)) {
            return known;
        }
        try {
            NetworkRecord record = new NetworkRecord(
                    NetworkRecord.VERSION,
                    project,
                    network.key(),
                    ConfigHash.of(network),
                    clock.instant(),
                    network.attachable(),
                    made);
            stateFiles.write(file(network.name()), record, Durability.POWER_FAILURE);
            byName.put(network.name(), record);
            return record;
        } catch (RuntimeException e) {
            networks.remove(made);
            throw e;
        }
    }

    /** The network that {@code network_mode: bridge} means; it is made when it is needed first. */
    synchronized ContainerNetwork defaultBridge() throws IOException {
        NetworkRecord known = byName.get(NetworkMode.DEFAULT_BRIDGE);
        return known != null ? known.network() : make("", DEFAULT, Map.of(), 0).network();
    }

    /** Removes the default bridge when no container is on it. */
    public synchronized void removeIdleDefaultBridge() throws IOException {
        NetworkRecord known = byName.get(NetworkMode.DEFAULT_BRIDGE);
        if (known != null && networks.attachments(known.network()).isEmpty()) {
            remove(known.name());
        }
    }

    /**
     * Removes a network; for one that is not there it does nothing.
     *
     * @throws IOException when containers are on it, naming them
     */
    public void remove(String name) throws IOException {
        NetworkRecord record = byName.get(name);
        if (record == null) {
            return;
        }
        networks.requireUnused(record.network());
        // An engine that is killed after this leaves links that nobody remembers: the next one removes them.
        Files.deleteIfExists(file(name));
        networks.remove(record.network());
        byName.remove(name);
    }

    /**
     * What is in the way of a project's networks on this host, in words for the user; nothing is made for it.
     *
     * @throws IOException when the host's firewall cannot be read
     */
    public List<String> warnings(Project project) throws IOException {
        List<NetworkSpec> specs = new ArrayList<>();
        for (Network network : project.networks().values()) {
            Optional<ContainerNetwork> known = find(network.name());
            if (known.isPresent()) {
                specs.add(known.get().spec());
            } else if (!network.external() && !network.standsFor("host") && !network.standsFor("none")) {
                specs.add(NetworkSpecs.of(engineId + "/" + network.name(), project.name(), network, Map.of()));
            }
        }
        List<String> warnings = new ArrayList<>(networks.warnings(specs));
        if (HostNames.areUsedBy(project)) {
            warnings.addAll(networks.hostWarnings(specs));
        }
        return warnings;
    }

    /** The network of that name. */
    Optional<ContainerNetwork> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(NetworkRecord::network);
    }

    /**
     * The network of that name, which a container is to be attached to.
     *
     * @throws IOException when there is none
     */
    ContainerNetwork get(String name) throws IOException {
        return name.equals(NetworkMode.DEFAULT_BRIDGE)
                ? defaultBridge()
                : find(name).orElseThrow(() -> new IOException("network \"" + name + "\" does not exist"));
    }

    /** All networks. */
    public Collection<NetworkRecord> records() {
        return List.copyOf(byName.values());
    }

    /** Who is on a network. */
    public List<Attachment> attachments(NetworkRecord record) {
        return networks.attachments(record.network());
    }

    /** Keeps the addresses of a container that does not run, for as long as others need not have them. */
    public void remember(Collection<Attachment> attachments) {
        attachments.forEach(networks::remember);
    }

    /** What plans are made from. */
    public Map<String, ObservedResource> observed() {
        Map<String, ObservedResource> observed = new HashMap<>();
        PREDEFINED.forEach(name -> observed.put(name, new ObservedResource(name, "", "", "")));
        byName.forEach((name, record) ->
                observed.put(name, new ObservedResource(name, record.project(), record.key(), record.configHash())));
        return observed;
    }

    private Path file(String name) {
        return directory.resolve(name + ".json");
    }
}
