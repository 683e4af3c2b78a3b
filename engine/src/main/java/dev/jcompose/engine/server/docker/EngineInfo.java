package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /_ping}, {@code /version} and {@code /info}. */
final class EngineInfo {
    private static final String API_VERSION = "1.44";
    private static final String OLDEST_API_VERSION = "1.24";

    private final EngineApi engine;

    EngineInfo(EngineApi engine) {
        this.engine = engine;
    }

    void ping(Exchange exchange) {
        exchange.respondText(200, "OK");
    }

    /** Docker's members, and {@code OwnVersion}, {@code BuildId} and {@code Pid} for our own client. */
    void version(Exchange exchange) {
        EngineVersion version = engine.version();
        exchange.respond(
                200,
                JsonObject.create()
                        .put("Platform", JsonObject.create().put("Name", "jcompose"))
                        .put("Version", dockerVersion())
                        .put("OwnVersion", version.version())
                        .put("ApiVersion", API_VERSION)
                        .put("MinAPIVersion", OLDEST_API_VERSION)
                        .put("Os", "linux")
                        .put("Arch", architecture())
                        .put("KernelVersion", System.getProperty("os.version"))
                        .put("BuildId", version.buildId())
                        .put("Pid", version.pid()));
    }

    void info(Exchange exchange) {
        List<ContainerSummary> containers = engine.containers().list(Optional.empty());
        exchange.respond(
                200,
                JsonObject.create()
                        .put("ID", "jcompose")
                        .put("Name", "jcompose")
                        .put("OSType", "linux")
                        .put("OperatingSystem", "Linux")
                        .put("Architecture", System.getProperty("os.arch"))
                        .put("KernelVersion", System.getProperty("os.version"))
                        .put("ServerVersion", dockerVersion())
                        .put("NCPU", Runtime.getRuntime().availableProcessors())
                        .put("MemTotal", MemoryTotal.bytes())
                        .put("Containers", containers.size())
                        .put(
                                "ContainersRunning",
                                containers.stream()
                                        .filter(ContainerSummary::isRunning)
                                        .count())
                        .put("Images", engine.images().list().size())
                        .put("Labels", List.of())
                        .put("Driver", "overlay2")
                        .put("ExecutionDriver", ""));
    }

    /** Clients look whether the engine is new enough: it is what the Docker of this API version was. */
    private String dockerVersion() {
        return "25.0.0+jcompose-" + engine.version().version();
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
    }
}
