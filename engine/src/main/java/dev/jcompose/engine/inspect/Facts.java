package dev.jcompose.engine.inspect;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.exec.CheckRun;
import dev.jcompose.images.Image;
import dev.jcompose.model.Service;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a container.
 *
 * @param image null if it is gone
 * @param networks all of the engine
 * @param volumes all of the engine, by name
 * @param checks the last results of its health check, oldest first
 */
public record Facts(
        Container container,
        ContainerSummary summary,
        @Nullable Image image,
        List<NetworkSummary> networks,
        Map<String, VolumeSummary> volumes,
        List<CheckRun.Result> checks) {

    Service service() {
        return container.service();
    }
}
