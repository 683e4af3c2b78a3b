package dev.jcompose.engine.core;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.container.Labels;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.ObservedState.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.model.Network;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Takes the snapshot that plans are made from. */
final class Observer {
    private final ContainerTable table;
    private final NetworkRegistry networks;
    private final VolumeStore volumes;

    Observer(ContainerTable table, NetworkRegistry networks, VolumeStore volumes) {
        this.table = table;
        this.networks = networks;
        this.volumes = volumes;
    }

    /** What there is of a project now. */
    ObservedState observe(String project) throws IOException {
        Map<String, ObservedResource> knownVolumes = new HashMap<>();
        for (Volume volume : volumes.list()) {
            knownVolumes.put(
                    volume.name(),
                    new ObservedResource(
                            volume.name(),
                            volume.labels().getOrDefault(Labels.PROJECT, ""),
                            volume.labels().getOrDefault(Labels.CONFIG_HASH, "")));
        }
        return new ObservedState(
                table.ofProject(project).stream().map(Observer::container).toList(), networks.observed(), knownVolumes);
    }

    private static ObservedContainer container(Container container) {
        ContainerConfig config = container.config();
        Set<String> networks = new HashSet<>();
        for (String key : container.service().networks().keySet()) {
            Network network = container.project().networks().get(key);
            if (network != null) {
                networks.add(network.name());
            }
        }
        return new ObservedContainer(
                config.id(),
                config.name(),
                config.service(),
                config.number(),
                config.oneOff(),
                container.status().isAlive(),
                config.configHash(),
                config.imageId(),
                config.dependsOn().keySet(),
                networks);
    }
}
