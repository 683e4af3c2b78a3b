package dev.jcompose.engine.core;

import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.inspect.Facts;
import dev.jcompose.engine.inspect.InspectedContainer;
import dev.jcompose.images.Image;
import java.io.IOException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what is known of one container. */
final class InspectCommand {
    private final EngineParts parts;
    private final Summaries summaries;
    private final VolumeOperations volumes;
    private final NetworkSummaries networks;

    InspectCommand(EngineParts parts, Summaries summaries, VolumeOperations volumes) {
        this.parts = parts;
        this.summaries = summaries;
        this.volumes = volumes;
        this.networks = new NetworkSummaries(parts.networks());
    }

    /**
     * The JSON.
     *
     * @throws dev.jcompose.engine.api.EngineException of kind NOT_FOUND
     */
    String run(String name) {
        Container container = parts.table().find(name);
        Facts facts = new Facts(
                container,
                summaries.container(container),
                image(container),
                networks.all(),
                volumes.list().stream().collect(Collectors.toMap(VolumeSummary::name, Function.identity())),
                parts.health().results(container));
        return InspectedContainer.of(facts).toString();
    }

    private @Nullable Image image(Container container) {
        try {
            return parts.images().findById(container.config().imageId()).orElse(null);
        } catch (IOException e) {
            // As good as gone; the rest can be shown without it.
            return null;
        }
    }
}
