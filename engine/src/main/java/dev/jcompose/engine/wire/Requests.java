package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.json.JsonFormatException;
import dev.jcompose.engine.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The bodies of requests under {@code /compose}. */
public final class Requests {
    private Requests() {}

    /** The body of {@code POST /compose/up}. */
    public static JsonObject write(UpRequest request) {
        return JsonObject.create()
                .put("project", request.projectJson())
                .put("services", request.services())
                .put("noDeps", request.noDeps())
                .put("recreate", request.recreate().name().toLowerCase(Locale.ROOT))
                .put("noStart", request.noStart())
                .put("removeOrphans", request.removeOrphans())
                .put("renewAnonymousVolumes", request.renewAnonymousVolumes())
                .put("scale", request.scale())
                .put("awaitReady", request.awaitReady())
                .put("waitTimeoutSeconds", request.waitTimeoutSeconds())
                .put("stopTimeoutSeconds", request.stopTimeoutSeconds());
    }

    /** What {@link #write(UpRequest)} wrote. */
    public static UpRequest readUp(JsonObject json) {
        JsonObject scale = json.object("scale");
        Map<String, Integer> replicas = new LinkedHashMap<>();
        scale.members().keySet().forEach(service -> replicas.put(service, scale.integer(service, 0)));
        return new UpRequest(
                json.string("project"),
                Set.copyOf(json.strings("services")),
                json.flag("noDeps"),
                recreate(json.string("recreate", "diverged")),
                json.flag("noStart"),
                json.flag("removeOrphans"),
                json.flag("renewAnonymousVolumes"),
                replicas,
                json.flag("awaitReady"),
                json.integerOrNull("waitTimeoutSeconds"),
                json.integerOrNull("stopTimeoutSeconds"));
    }

    private static UpRequest.Recreate recreate(String name) {
        return Arrays.stream(UpRequest.Recreate.values())
                .filter(value -> value.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new JsonFormatException(
                        "\"recreate\" is not one of diverged, force, never: \"%s\"".formatted(name)));
    }

    /** The body of {@code POST /compose/run}. */
    public static JsonObject write(RunRequest request) {
        return JsonObject.create()
                .put("project", request.projectJson())
                .put("service", request.service())
                .put("name", request.name())
                .put("noDeps", request.noDeps())
                .put("removeOrphans", request.removeOrphans())
                .put("autoRemove", request.autoRemove())
                .put("stdin", request.stdin())
                .put("useAliases", request.useAliases());
    }

    /** What {@link #write(RunRequest)} wrote. */
    public static RunRequest readRun(JsonObject json) {
        return new RunRequest(
                json.string("project"),
                json.string("service"),
                json.stringOrNull("name"),
                json.flag("noDeps"),
                json.flag("removeOrphans"),
                json.flag("autoRemove"),
                json.flag("stdin"),
                json.flag("useAliases"));
    }

    /** The body of {@code POST /compose/down}. */
    public static JsonObject write(DownRequest request) {
        return JsonObject.create()
                .put("project", request.project())
                .put("model", request.projectJson())
                .put("services", request.services())
                .put("volumes", request.volumes())
                .put("removeOrphans", request.removeOrphans())
                .put("removeImages", request.removeImages())
                .put("timeoutSeconds", request.timeoutSeconds());
    }

    /** What {@link #write(DownRequest)} wrote. */
    public static DownRequest readDown(JsonObject json) {
        return new DownRequest(
                json.string("project"),
                json.stringOrNull("model"),
                Set.copyOf(json.strings("services")),
                json.flag("volumes"),
                json.flag("removeOrphans"),
                json.string("removeImages", "none"),
                json.integerOrNull("timeoutSeconds"));
    }

    /** The body of {@code POST /compose/start}, {@code stop}, {@code restart} and {@code kill}. */
    public static JsonObject write(ServicesRequest request) {
        return JsonObject.create()
                .put("project", request.project())
                .put("services", request.services())
                .put("timeoutSeconds", request.timeoutSeconds())
                .put("signal", request.signal())
                .put("noDeps", request.noDeps());
    }

    /** What {@link #write(ServicesRequest)} wrote. */
    public static ServicesRequest readServices(JsonObject json) {
        return new ServicesRequest(
                json.string("project"),
                Set.copyOf(json.strings("services")),
                json.integerOrNull("timeoutSeconds"),
                json.stringOrNull("signal"),
                json.flag("noDeps"));
    }
}
