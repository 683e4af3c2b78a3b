package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.text.StatusText;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Containers as {@code /containers/json} shows them. */
final class ContainerJson {
    private final Clock clock;

    ContainerJson(Clock clock) {
        this.clock = clock;
    }

    /** An item of the list. */
    JsonObject listed(ContainerSummary container) {
        return JsonObject.create()
                .put("Id", container.id())
                .put("Names", List.of("/" + container.name()))
                .put("Image", container.image())
                .put("ImageID", container.labels().getOrDefault("com.docker.compose.image", ""))
                .put("Command", String.join(" ", container.command()))
                .put("Created", container.createdAt().getEpochSecond())
                .put(
                        "Ports",
                        container.publishers().stream()
                                .map(ContainerJson::listedPort)
                                .toList())
                .put("Labels", container.labels())
                .put("State", container.state())
                .put("Status", StatusText.of(container, clock.instant()))
                .put("HostConfig", Map.of("NetworkMode", networkMode(container)))
                .put("NetworkSettings", Map.of("Networks", networks(container)))
                .put(
                        "Mounts",
                        container.mounts().stream().map(ContainerJson::mount).toList());
    }

    private static JsonObject listedPort(Publisher port) {
        JsonObject json = JsonObject.create();
        if (port.publishedPort() > 0) {
            json.put("IP", port.url()).put("PublicPort", port.publishedPort());
        }
        return json.put("PrivatePort", port.targetPort()).put("Type", port.protocol());
    }

    private static JsonObject mount(String mount) {
        return mount.startsWith("/")
                ? JsonObject.create().put("Type", "bind").put("Source", mount)
                : JsonObject.create().put("Type", "volume").put("Name", mount);
    }

    private static Map<String, Object> networks(ContainerSummary container) {
        Map<String, Object> networks = new LinkedHashMap<>();
        container.networks().forEach((name, address) -> networks.put(name, Map.of("IPAddress", address)));
        return networks;
    }

    private static String networkMode(ContainerSummary container) {
        return container.networks().keySet().stream().sorted().findFirst().orElse("none");
    }
}
