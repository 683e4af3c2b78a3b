package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.ImageListings;
import dev.jcompose.engine.wire.VolumeJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /system/df}: everything that takes up room, each as its own list shows it, with how much it takes. */
final class SystemDf implements Endpoint {
    private final EngineApi engine;
    private final ContainerFinder finder;
    private final ContainerJson json;

    SystemDf(EngineApi engine, ContainerFinder finder, ContainerJson json) {
        this.engine = engine;
        this.finder = finder;
        this.json = json;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        Map<String, DiskUsage> usages = new HashMap<>();
        engine.images().diskUsage().forEach(usage -> usages.put(usage.type(), usage));
        exchange.respond(
                200,
                JsonObject.create()
                        .put("LayersSize", usage(usages, "Images").sizeBytes())
                        .put(
                                "Images",
                                with(
                                        usage(usages, "Images"),
                                        engine.images().list(),
                                        ImageSummary::id,
                                        SystemDf::image))
                        .put(
                                "Containers",
                                with(usage(usages, "Containers"), finder.all(), ContainerSummary::id, this::container))
                        .put(
                                "Volumes",
                                with(
                                        usage(usages, "Local Volumes"),
                                        engine.volumes().list(),
                                        VolumeSummary::name,
                                        SystemDf::volume))
                        .put(
                                "BuildCache",
                                usage(usages, "Build Cache").items().stream()
                                        .map(SystemDf::cache)
                                        .toList()));
    }

    private static DiskUsage usage(Map<String, DiskUsage> usages, String type) {
        return Objects.requireNonNull(usages.get(type), type);
    }

    /** Writes one thing. */
    private interface Writer<T> {
        JsonObject write(T thing, DiskUsage.Item usage);
    }

    /** The things of which the usage is known. */
    private static <T> List<JsonObject> with(
            DiskUsage usage, List<T> things, Function<T, String> id, Writer<T> writer) {
        Map<String, DiskUsage.Item> items = new HashMap<>();
        usage.items().forEach(item -> items.put(item.id(), item));
        return things.stream()
                .flatMap(thing -> written(thing, items.get(id.apply(thing)), writer))
                .toList();
    }

    private static <T> Stream<JsonObject> written(T thing, DiskUsage.@Nullable Item usage, Writer<T> writer) {
        return usage == null ? Stream.empty() : Stream.of(writer.write(thing, usage));
    }

    private static JsonObject image(ImageSummary image, DiskUsage.Item usage) {
        return ImageListings.write(image).put("SharedSize", usage.sharedBytes());
    }

    private JsonObject container(ContainerSummary container, DiskUsage.Item usage) {
        return json.listed(container).put("SizeRw", usage.sizeBytes());
    }

    private static JsonObject volume(VolumeSummary volume, DiskUsage.Item usage) {
        return VolumeJson.write(volume)
                .put(
                        "UsageData",
                        JsonObject.create()
                                .put("Size", usage.sizeBytes())
                                .put("RefCount", usage.users())
                                .members());
    }

    private static JsonObject cache(DiskUsage.Item usage) {
        return JsonObject.create()
                .put("ID", usage.id())
                .put("Type", "regular")
                .put("Description", "")
                .put("InUse", usage.users() > 0)
                .put("Shared", false)
                .put("Size", usage.sizeBytes())
                .put("UsageCount", usage.users());
    }
}
