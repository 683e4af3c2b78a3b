package dev.jcompose.engine.plan;

import dev.jcompose.engine.api.UpRequest.Recreate;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.Volume;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells whether a container is still what its service asks for. Compared are the service's hash, which leaves out what
 * needs no new container, the image, and the networks and volumes behind the names that the service uses.
 */
final class Divergence {
    private final Project project;
    private final UpOptions options;
    private final ResourcePlan resources;

    Divergence(Project project, UpOptions options, ResourcePlan resources) {
        this.project = project;
        this.options = options;
        this.resources = resources;
    }

    /**
     * Why a container must be made anew; empty when it need not.
     *
     * @param replaced services of which a container is made anew
     */
    String of(Service service, ObservedContainer container, Set<String> replaced) {
        Recreate recreate = options.recreate(service.name());
        if (recreate == Recreate.NEVER) {
            return "";
        }
        String resource = resources.changedUse(container);
        if (!resource.isEmpty()) {
            return resource;
        }
        if (recreate == Recreate.FORCE) {
            return "forced";
        }
        if (!container.configHash().equals(options.hashes().get(service.name()))) {
            return "configuration changed";
        }
        String image = options.imageIds().get(service.name());
        if (image != null && !image.equals(container.imageId())) {
            return "image changed";
        }
        if (!container.networks().equals(networks(service))) {
            return "networks changed";
        }
        if (!container.volumes().equals(volumes(service))) {
            return "volumes changed";
        }
        return service.volumesFrom().stream()
                .map(from -> from.replaceFirst(":.*", ""))
                .filter(replaced::contains)
                .map(from -> "volumes of " + from + " changed")
                .findFirst()
                .orElse("");
    }

    private Set<String> networks(Service service) {
        Set<String> names = new HashSet<>();
        for (String key : service.networks().keySet()) {
            Network network = project.networks().get(key);
            names.add(network == null ? key : network.name());
        }
        return names;
    }

    private Set<String> volumes(Service service) {
        Set<String> names = new HashSet<>();
        for (ServiceVolume mount : service.volumes()) {
            if (mount.type() == ServiceVolume.Type.VOLUME && mount.source() != null) {
                Volume volume = project.volumes().get(mount.source());
                names.add(volume == null ? mount.source() : volume.name());
            }
        }
        return names;
    }
}
