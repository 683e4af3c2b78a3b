package dev.jcompose.engine.inspect;

import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.exec.CheckRun;
import dev.jcompose.engine.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole. */
public final class InspectedContainer {
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private InspectedContainer() {}

    /** As {@code GET /containers/{id}/json} answers. */
    public static JsonObject of(Facts facts) {
        ContainerFiles files = facts.container().files();
        List<String> command = facts.summary().command();
        return JsonObject.create()
                .put("Id", facts.summary().id())
                .put("Created", facts.summary().createdAt())
                .put("Path", command.isEmpty() ? "" : command.get(0))
                .put("Args", command.isEmpty() ? command : command.subList(1, command.size()))
                .put("State", state(facts))
                .put("Image", facts.container().config().imageId())
                .put("ResolvConfPath", files.resolvConf().toString())
                .put("HostnamePath", files.hostname().toString())
                .put("HostsPath", files.hosts().toString())
                .put("LogPath", files.logs().toString())
                .put("Name", "/" + facts.summary().name())
                .put("RestartCount", facts.container().status().restarts())
                .put("Driver", "overlay2")
                .put("Platform", "linux")
                .put("MountLabel", "")
                .put("ProcessLabel", "")
                .put("AppArmorProfile", "")
                .put("ExecIDs", null)
                .put("HostConfig", InspectedHostConfig.of(facts))
                .put("GraphDriver", graphDriver(facts, files))
                .put("Mounts", InspectedMounts.of(facts))
                .put("Config", InspectedConfig.of(facts))
                .put("NetworkSettings", InspectedNetworks.of(facts));
    }

    private static JsonObject state(Facts facts) {
        ContainerStatus status = facts.container().status();
        String state = facts.summary().state();
        var process = status.process();
        JsonObject json = JsonObject.create()
                .put("Status", state)
                .put("Running", facts.summary().isRunning())
                .put("Paused", state.equals("paused"))
                .put("Restarting", state.equals("restarting"))
                .put("OOMKilled", status.oomKilled())
                .put("Dead", state.equals("dead"))
                .put("Pid", process == null ? 0 : process.pid())
                .put("ExitCode", status.exitCode())
                .put("Error", status.error())
                .put("StartedAt", time(status.startedAt()))
                .put("FinishedAt", time(status.finishedAt()));
        String health = facts.summary().health();
        return health.isEmpty() ? json : json.put("Health", health(health, facts.checks()));
    }

    private static JsonObject health(String status, List<CheckRun.Result> checks) {
        int streak = 0;
        for (CheckRun.Result check : checks) {
            streak = check.passed() ? 0 : streak + 1;
        }
        return JsonObject.create()
                .put("Status", status)
                .put("FailingStreak", streak)
                .put(
                        "Log",
                        checks.stream()
                                .map(check -> JsonObject.create()
                                        .put("ExitCode", check.exitCode())
                                        .put("Output", check.output()))
                                .toList());
    }

    private static String time(@Nullable Instant time) {
        return time == null ? NEVER : time.toString();
    }

    private static JsonObject graphDriver(Facts facts, ContainerFiles files) {
        var image = facts.image();
        // The uppermost first, as overlayfs wants them.
        List<Path> layers = image == null ? List.of() : image.layers();
        StringBuilder lower = new StringBuilder();
        for (int i = layers.size() - 1; i >= 0; i--) {
            lower.append(lower.isEmpty() ? "" : ":").append(layers.get(i));
        }
        return JsonObject.create()
                .put("Name", "overlay2")
                .put(
                        "Data",
                        JsonObject.create()
                                .put("LowerDir", lower.toString())
                                .put("MergedDir", files.rootfs().toString())
                                .put("UpperDir", files.upper().toString())
                                .put("WorkDir", files.work().toString()));
    }

    /** A Go map of keys to nothing, as Docker writes sets. */
    static Map<String, Object> set(Iterable<String> keys) {
        return java.util.stream.StreamSupport.stream(keys.spliterator(), false)
                .distinct()
                .sorted()
                .collect(Collectors.toMap(key -> key, key -> Map.of(), (a, b) -> a, java.util.LinkedHashMap::new));
    }
}
