package dev.jcompose.engine.core;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.container.Labels;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.engine.plan.Claims;
import dev.jcompose.engine.plan.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.model.Network;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
        Map<String, List<String>> foreignNetworks = new HashMap<>();
        Map<String, List<String>> foreignVolumes = new HashMap<>();
        List<ObservedContainer> own = new ArrayList<>();
        for (Container container : table.all()) {
            if (container.config().project().equals(project)) {
                own.add(container(container));
            } else {
                String name = container.config().name();
                used(container).forEach(network -> add(foreignNetworks, network, name));
                volumes(container).forEach(volume -> add(foreignVolumes, volume, name));
            }
        }
        Map<String, ObservedResource> knownNetworks = new HashMap<>();
        networks.observed()
                .forEach((name, network) -> knownNetworks.put(
                        name,
                        new ObservedResource(
                                name,
                                network.project(),
                                network.key(),
                                network.configHash(),
                                foreignNetworks.getOrDefault(name, List.of()))));
        Map<String, ObservedResource> knownVolumes = new HashMap<>();
        for (Volume volume : volumes.list()) {
            Map<String, String> labels = volume.labels();
            knownVolumes.put(
                    volume.name(),
                    new ObservedResource(
                            volume.name(),
                            labels.getOrDefault(Labels.PROJECT, ""),
                            labels.getOrDefault(Labels.VOLUME, ""),
                            labels.getOrDefault(Labels.CONFIG_HASH, ""),
                            foreignVolumes.getOrDefault(volume.name(), List.of())));
        }
        return new ObservedState(own, knownNetworks, knownVolumes);
    }

    private static void add(Map<String, List<String>> users, String resource, String user) {
        users.computeIfAbsent(resource, name -> new ArrayList<>()).add(user);
    }

    /** The containers of a project, without the rest. */
    List<ObservedContainer> containers(String project) {
        return table.ofProject(project).stream().map(Observer::container).toList();
    }

    private static ObservedContainer container(Container container) {
        ContainerConfig config = container.config();
        return new ObservedContainer(
                config.id(),
                config.name(),
                config.service(),
                config.number(),
                config.oneOff(),
                container.status().isAlive(),
                isReplacement(config),
                config.configHash(),
                config.imageId(),
                config.dependsOn(),
                networks(container),
                volumes(container),
                Claims.of(container.project(), container.service()));
    }

    private static boolean isReplacement(ContainerConfig config) {
        String replaced = config.labels().getOrDefault(Labels.REPLACE, "");
        return !replaced.isEmpty() && config.name().matches("[0-9a-f]{12}_.+");
    }

    private static Set<String> networks(Container container) {
        Set<String> names = new HashSet<>();
        for (String key : container.service().networks().keySet()) {
            Network network = container.project().networks().get(key);
            if (network != null) {
                names.add(network.name());
            }
        }
        return names;
    }

    /** Those that it names, and those that it was taken to since it was made. */
    private static Set<String> used(Container container) {
        Set<String> names = networks(container);
        if (container.status().isAlive()) {
            container.status().attachments().forEach(attachment -> names.add(attachment.networkName()));
        }
        return names;
    }

    private static Set<String> volumes(Container container) {
        Set<String> names = new HashSet<>();
        for (ServiceVolume mount : container.service().volumes()) {
            if (mount.type() == ServiceVolume.Type.VOLUME && mount.source() != null) {
                var volume = container.project().volumes().get(mount.source());
                names.add(volume == null ? mount.source() : volume.name());
            }
        }
        return names;
    }
}
