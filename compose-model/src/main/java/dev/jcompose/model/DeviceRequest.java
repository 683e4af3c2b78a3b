package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for devices of a driver, such as GPUs.
 *
 * @param capabilities for example {@code gpu}
 * @param driver {@code nvidia} ...
 * @param count how many; -1 is all, 0 is unset
 * @param deviceIds exclusive with {@code count}
 * @param options options of the driver
 */
public record DeviceRequest(
        List<String> capabilities,
        @Nullable String driver,
        long count,
        List<String> deviceIds,
        Map<String, String> options) {

    public DeviceRequest {
        capabilities = Immutable.list(capabilities);
        deviceIds = Immutable.list(deviceIds);
        options = Immutable.map(options);
    }
}
