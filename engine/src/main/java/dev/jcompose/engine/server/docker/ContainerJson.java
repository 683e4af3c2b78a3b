package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.text.StatusText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers as {@code /containers/json} and {@code /containers/{id}/json} show them. */
final class ContainerJson {
    private static final String NEVER = "0001-01-01T00:00:00Z";

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
                .put("Mounts", List.of());
    }

    private static JsonObject listedPort(Publisher port) {
        JsonObject json = JsonObject.create();
        if (port.publishedPort() > 0) {
            json.put("IP", port.url()).put("PublicPort", port.publishedPort());
        }
        return json.put("PrivatePort", port.targetPort()).put("Type", port.protocol());
    }

    /** All that is known. */
    JsonObject inspected(ContainerSummary container) {
        List<String> command = container.command();
        return JsonObject.create()
                .put("Id", container.id())
                .put("Created", container.createdAt())
                .put("Path", command.isEmpty() ? "" : command.get(0))
                .put("Args", command.isEmpty() ? command : command.subList(1, command.size()))
                .put("State", state(container))
                .put("Image", container.labels().getOrDefault("com.docker.compose.image", container.image()))
                .put("Name", "/" + container.name())
                .put("Platform", "linux")
                .put("HostConfig", Map.of("NetworkMode", networkMode(container)))
                .put("Mounts", List.of())
                .put("Config", config(container))
                .put("NetworkSettings", networkSettings(container));
    }

    private static JsonObject state(ContainerSummary container) {
        String state = container.state();
        JsonObject json = JsonObject.create()
                .put("Status", state)
                .put("Running", container.isRunning())
                .put("Paused", state.equals("paused"))
                .put("Restarting", state.equals("restarting"))
                .put("OOMKilled", container.oomKilled())
                .put("Dead", state.equals("dead"))
                .put("ExitCode", container.exitCode())
                .put("Error", "")
                .put("StartedAt", time(container.startedAt()))
                .put("FinishedAt", time(container.finishedAt()));
        if (!container.health().isEmpty()) {
            json.put("Health", Map.of("Status", container.health()));
        }
        return json;
    }

    private static String time(@Nullable Instant time) {
        return time == null ? NEVER : time.toString();
    }

    private static JsonObject config(ContainerSummary container) {
        Map<String, Object> exposed = new LinkedHashMap<>();
        container.publishers().forEach(port -> exposed.put(key(port), Map.of()));
        return JsonObject.create()
                .put(
                        "Hostname",
                        container.id().substring(0, Math.min(12, container.id().length())))
                .put("Image", container.image())
                .put("Cmd", container.command())
                .put("Env", List.of())
                .put("ExposedPorts", exposed)
                .put("Labels", container.labels())
                .put("Tty", false);
    }

    private static JsonObject networkSettings(ContainerSummary container) {
        Map<String, List<Object>> ports = new LinkedHashMap<>();
        for (Publisher port : container.publishers()) {
            List<Object> bindings = ports.computeIfAbsent(key(port), key -> new ArrayList<>());
            if (port.publishedPort() > 0) {
                bindings.add(JsonObject.create()
                        .put("HostIp", port.url())
                        .put("HostPort", Integer.toString(port.publishedPort())));
            }
        }
        return JsonObject.create()
                .put(
                        "IPAddress",
                        container.networks().values().stream().findFirst().orElse(""))
                .put("Ports", ports)
                .put("Networks", networks(container));
    }

    private static Map<String, Object> networks(ContainerSummary container) {
        Map<String, Object> networks = new LinkedHashMap<>();
        container.networks().forEach((name, address) -> networks.put(name, Map.of("IPAddress", address)));
        return networks;
    }

    private static String networkMode(ContainerSummary container) {
        return container.networks().keySet().stream().sorted().findFirst().orElse("none");
    }

    private static String key(Publisher port) {
        return port.targetPort() + "/" + port.protocol();
    }
}
