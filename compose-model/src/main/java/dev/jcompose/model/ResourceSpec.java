package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;

/**
 * Amounts of resources. Zero is unset.
 *
 * @param cpus how many CPUs, fractions allowed
 * @param memory bytes
 * @param pids processes; -1 is unlimited
 * @param devices only in reservations
 * @param genericResources only in reservations; ignored
 */
public record ResourceSpec(
        double cpus, long memory, long pids, List<DeviceRequest> devices, List<GenericResource> genericResources) {

    public ResourceSpec {
        devices = Immutable.list(devices);
        genericResources = Immutable.list(genericResources);
    }
}
