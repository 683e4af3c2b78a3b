package dev.jcompose.engine.core;

import dev.jcompose.engine.container.Labels;
import dev.jcompose.engine.lifecycle.ContainerCreator;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.engine.plan.Operation.CreateContainer;
import dev.jcompose.images.Image;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;
import dev.jcompose.model.hash.ConfigHash;
import dev.jcompose.volumes.VolumeOptions;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Makes what a project describes: its networks, volumes and containers. */
final class ProjectResources {
    private final Project project;
    private final Map<String, Image> images;
    private final NetworkRegistry networks;
    private final VolumeStore volumes;
    private final ContainerCreator creator;

    /** {@code images} holds the image of each service. */
    ProjectResources(
            Project project,
            Map<String, Image> images,
            NetworkRegistry networks,
            VolumeStore volumes,
            ContainerCreator creator) {
        this.project = project;
        this.images = images;
        this.networks = networks;
        this.volumes = volumes;
        this.creator = creator;
    }

    void network(String key) throws IOException {
        Network network = Objects.requireNonNull(project.networks().get(key), key);
        Map<String, String> labels = new HashMap<>(network.labels());
        labels.put(Labels.PROJECT, project.name());
        labels.put(Labels.NETWORK, key);
        labels.put(Labels.CONFIG_HASH, ConfigHash.of(network));
        int containers = project.services().stream()
                .filter(service -> service.networks().containsKey(key))
                .mapToInt(Service::replicas)
                .sum();
        networks.create(project.name(), network, labels, containers);
    }

    void volume(String key) throws IOException {
        Volume volume = Objects.requireNonNull(project.volumes().get(key), key);
        Map<String, String> labels = new HashMap<>(volume.labels());
        labels.put(Labels.PROJECT, project.name());
        labels.put(Labels.VOLUME, key);
        labels.put(Labels.CONFIG_HASH, ConfigHash.of(volume));
        String driver = volume.driver() == null ? VolumeOptions.LOCAL : volume.driver();
        volumes.create(volume.name(), new VolumeOptions(driver, volume.driverOpts(), labels));
    }

    /** One that the project does not declare, but the user of {@code run} names: it belongs to nobody. */
    void ownVolume(String name) throws IOException {
        volumes.create(name, new VolumeOptions(VolumeOptions.LOCAL, Map.of(), Map.of()));
    }

    void container(CreateContainer create, Map<String, String> anonymousVolumes) throws IOException {
        Service service = project.service(create.service()).orElseThrow();
        Image image = Objects.requireNonNull(images.get(create.service()), create.service());
        Map<String, String> labels = create.replaces().isEmpty() ? Map.of() : Map.of(Labels.REPLACE, create.subject());
        creator.create(project, service, create.number(), create.temporaryName(), image, anonymousVolumes, labels);
    }
}
