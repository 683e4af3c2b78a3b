package dev.jcompose.engine.image;

import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.images.Image;
import dev.jcompose.images.oci.ImageJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image as {@code docker image inspect} shows it. */
final class InspectedImage {
    private InspectedImage() {}

    static JsonObject of(Image image, ImageJson document) {
        JsonObject json = JsonObject.create()
                .put("Id", image.id())
                .put("RepoTags", image.names().stream().map(Object::toString).toList())
                .put(
                        "RepoDigests",
                        image.repoDigests().stream().map(Object::toString).toList())
                .put("Parent", "")
                .put("Comment", comment(document))
                .put("Created", document.created())
                .put("DockerVersion", "")
                .put("Author", document.author())
                .put("Config", config(document.config()).members())
                .put("Architecture", document.architecture());
        if (!document.variant().isEmpty()) {
            json.put("Variant", document.variant());
        }
        return json.put("Os", document.os())
                .put("Size", image.sizeBytes())
                .put(
                        "GraphDriver",
                        JsonObject.create()
                                .put("Name", "overlay2")
                                .put("Data", directories(image))
                                .members())
                .put(
                        "RootFS",
                        JsonObject.create()
                                .put("Type", "layers")
                                .put(
                                        "Layers",
                                        document.rootfs().diffIds().stream()
                                                .map(Object::toString)
                                                .toList())
                                .members())
                .put(
                        "Metadata",
                        JsonObject.create()
                                .put(
                                        "LastTagTime",
                                        image.lastTagged().equals(Instant.EPOCH)
                                                ? "0001-01-01T00:00:00Z"
                                                : image.lastTagged().toString())
                                .members());
    }

    private static String comment(ImageJson document) {
        List<ImageJson.History> history = document.history();
        return history.isEmpty() ? "" : history.get(history.size() - 1).comment();
    }

    private static Map<String, String> directories(Image image) {
        Map<String, String> data = new LinkedHashMap<>();
        int top = image.layers().size() - 1;
        if (top >= 0) {
            List<String> below = new ArrayList<>(image.layers().subList(0, top).stream()
                    .map(Object::toString)
                    .toList());
            Collections.reverse(below);
            if (!below.isEmpty()) {
                data.put("LowerDir", String.join(":", below));
            }
            data.put("UpperDir", image.layers().get(top).toString());
        }
        return data;
    }

    private static JsonObject config(ImageJson.Container config) {
        JsonObject json = JsonObject.create()
                .put("User", config.user())
                .put("ExposedPorts", sets(config.exposedPorts()))
                .put("Env", config.env())
                .put("Cmd", orNull(config.cmd()))
                .put("Volumes", sets(config.volumes()))
                .put("WorkingDir", config.workingDir())
                .put("Entrypoint", orNull(config.entrypoint()))
                .put("OnBuild", orNull(config.onBuild()))
                .put("Labels", config.labels().isEmpty() ? null : config.labels());
        if (config.stopSignal() != null) {
            json.put("StopSignal", config.stopSignal());
        }
        if (!config.shell().isEmpty()) {
            json.put("Shell", config.shell());
        }
        ImageJson.Healthcheck check = config.healthcheck();
        if (check != null) {
            json.put(
                    "Healthcheck",
                    JsonObject.create()
                            .put("Test", check.test())
                            .put("Interval", check.intervalNanos())
                            .put("Timeout", check.timeoutNanos())
                            .put("StartPeriod", check.startPeriodNanos())
                            .put("StartInterval", check.startIntervalNanos())
                            .put("Retries", check.retries())
                            .members());
        }
        return json;
    }

    private static @Nullable Map<String, Object> sets(Map<String, Object> keys) {
        if (keys.isEmpty()) {
            return null;
        }
        Map<String, Object> sets = new LinkedHashMap<>();
        keys.keySet().forEach(key -> sets.put(key, Map.of()));
        return sets;
    }

    private static @Nullable List<String> orNull(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}
