package dev.jcompose.engine.network;

import dev.jcompose.engine.state.StateException;
import dev.jcompose.engine.state.StateFiles;
import dev.jcompose.engine.state.StateFiles.Durability;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.ipam.IpamPool;
import dev.jcompose.network.ipam.SubnetHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers which subnets were picked for networks, so that a project that comes back has its own again. */
final class SubnetMemory {
    private static final Logger log = LoggerFactory.getLogger(SubnetMemory.class);

    private final Path file;
    private final StateFiles stateFiles;

    SubnetMemory(Path file, StateFiles stateFiles) {
        this.file = file;
        this.stateFiles = stateFiles;
    }

    /**
     * Makes the network with the subnets that it had, where they are free, and notes those that it got.
     *
     * @param containers how many are to be on it
     */
    synchronized ContainerNetwork create(Networks networks, NetworkSpec spec, int containers) throws IOException {
        SubnetHistory history = read();
        ContainerNetwork made = networks.create(spec, history, containers);
        List<Subnet> picked = made.pools().stream()
                .map(IpamPool::subnet)
                .filter(subnet ->
                        spec.pools().stream().noneMatch(pool -> pool.subnet().equals(subnet)))
                .toList();
        String key = Networks.historyKey(spec);
        if (!picked.equals(history.of(key))) {
            stateFiles.write(file, history.with(key, picked), Durability.PROCESS);
        }
        return made;
    }

    private SubnetHistory read() {
        try {
            return stateFiles.read(file, SubnetHistory.class).orElse(SubnetHistory.EMPTY);
        } catch (StateException e) {
            log.warn("{}; networks may get other subnets than before", e.getMessage());
            return SubnetHistory.EMPTY;
        }
    }
}
