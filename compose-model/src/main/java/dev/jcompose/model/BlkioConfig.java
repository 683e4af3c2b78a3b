package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;

/**
 * Limits on block devices.
 *
 * @param weight 10 to 1000, 0 for the default
 * @param weightDevice weight per device
 * @param deviceReadBps bytes per second
 * @param deviceReadIops operations per second
 * @param deviceWriteBps bytes per second
 * @param deviceWriteIops operations per second
 */
public record BlkioConfig(
        int weight,
        List<WeightDevice> weightDevice,
        List<Throttle> deviceReadBps,
        List<Throttle> deviceReadIops,
        List<Throttle> deviceWriteBps,
        List<Throttle> deviceWriteIops) {

    public BlkioConfig {
        weightDevice = Immutable.list(weightDevice);
        deviceReadBps = Immutable.list(deviceReadBps);
        deviceReadIops = Immutable.list(deviceReadIops);
        deviceWriteBps = Immutable.list(deviceWriteBps);
        deviceWriteIops = Immutable.list(deviceWriteIops);
    }

    /**
     * Weight of one device.
     *
     * @param path of the device
     * @param weight 10 to 1000
     */
    public record WeightDevice(String path, int weight) {}
    /**
     * A limit of one device.
     *
     * @param path of the device
     * @param rate per second
     */
    public record Throttle(String path, long rate) {}
}
