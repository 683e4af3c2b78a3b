package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.api.UpRequest.ChangedVolumes;
import dev.jcompose.engine.api.UpRequest.Recreate;
import dev.jcompose.engine.json.JsonFormatException;
import dev.jcompose.engine.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The bodies of requests under {@code /compose}. */
public final class Requests {
    private Requests() {}

    /** The body of {@code POST /compose/up}. */
    public static JsonObject write(UpRequest request) {
        return JsonObject.create()
                .put("project", request.projectJson())
                .put("services", request.services())
                .put("noDeps", request.noDeps())
                .put("recreate", lower(request.recreate()))
                .put("recreateDependencies", lower(request.recreateDependencies()))
                .put("noStart", request.noStart())
                .put("removeOrphans", request.removeOrphans())
                .put("ignoreOrphans", request.ignoreOrphans())
                .put("renewAnonymousVolumes", request.renewAnonymousVolumes())
                .put("changedVolumes", lower(request.changedVolumes()))
                .put("scale", request.scale())
                .put("awaitReady", request.awaitReady())
                .put("waitTimeoutSeconds", request.waitTimeoutSeconds())
                .put("stopTimeoutSeconds", request.stopTimeoutSeconds())
                .put("images", write(request.images()).members())
                .put("execution", write(request.execution()).members());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Where images come from, a member of several requests. */
    public static JsonObject write(ImageOptions images) {
        return JsonObject.create()
                .put("pull", images.pull())
                .put("build", images.build())
                .put("noBuild", images.noBuild())
                .put("quietPull", images.quietPull())
                .put("quietBuild", images.quietBuild())
                .put("environment", images.environment());
    }

    /** What {@link #write(ImageOptions)} wrote. */
    public static ImageOptions readImages(JsonObject json) {
        return new ImageOptions(
                json.stringOrNull("pull"),
                json.flag("build"),
                json.flag("noBuild"),
                json.flag("quietPull"),
                json.flag("quietBuild"),
                json.stringMap("environment"));
    }

    /** How a plan is carried out, a member of several requests. */
    public static JsonObject write(Execution execution) {
        return JsonObject.create()
                .put("dryRun", execution.dryRun())
                .put("parallel", execution.parallel())
                .put("timings", execution.timings());
    }

    /** What {@link #write(Execution)} wrote. */
    public static Execution readExecution(JsonObject json) {
        return new Execution(json.flag("dryRun"), json.integer("parallel", Execution.UNLIMITED), json.flag("timings"));
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
                constant(Recreate.class, json, "recreate", Recreate.DIVERGED),
                constant(Recreate.class, json, "recreateDependencies", Recreate.DIVERGED),
                json.flag("noStart"),
                json.flag("removeOrphans"),
                json.flag("ignoreOrphans"),
                json.flag("renewAnonymousVolumes"),
                constant(ChangedVolumes.class, json, "changedVolumes", ChangedVolumes.KEEP),
                replicas,
                json.flag("awaitReady"),
                json.integerOrNull("waitTimeoutSeconds"),
                json.integerOrNull("stopTimeoutSeconds"),
                readImages(json.object("images")),
                readExecution(json.object("execution")));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonObject json, String member, E missing) {
        String name = json.string(member, lower(missing));
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new JsonFormatException("\"%s\" is not one of %s: \"%s\""
                        .formatted(
                                member,
                                Arrays.stream(type.getEnumConstants())
                                        .map(Requests::lower)
                                        .collect(Collectors.joining(", ")),
                                name)));
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
                .put("useAliases", request.useAliases())
                .put("images", write(request.images()).members());
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
                json.flag("useAliases"),
                readImages(json.object("images")));
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
                .put("timeoutSeconds", request.timeoutSeconds())
                .put("execution", write(request.execution()).members());
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
                json.integerOrNull("timeoutSeconds"),
                readExecution(json.object("execution")));
    }

    /** The body of {@code POST /compose/start}, {@code stop}, {@code restart}, {@code kill} and {@code remove}. */
    public static JsonObject write(ServicesRequest request) {
        ServiceScope scope = request.scope();
        return JsonObject.create()
                .put("project", scope.project())
                .put("directory", scope.directory())
                .put("known", scope.known())
                .put("services", scope.named())
                .put("timeoutSeconds", request.timeoutSeconds())
                .put("signal", request.signal())
                .put("noDeps", request.noDeps())
                .put("volumes", request.volumes())
                .put("awaitReady", request.awaitReady())
                .put("waitTimeoutSeconds", request.waitTimeoutSeconds())
                .put("execution", write(request.execution()).members());
    }

    /** What {@link #write(ServicesRequest)} wrote. */
    public static ServicesRequest readServices(JsonObject json) {
        ServiceScope scope = new ServiceScope(
                json.string("project"),
                json.stringOrNull("directory"),
                json.members().get("known") == null ? null : Set.copyOf(json.strings("known")),
                Set.copyOf(json.strings("services")));
        return new ServicesRequest(
                scope,
                json.integerOrNull("timeoutSeconds"),
                json.stringOrNull("signal"),
                json.flag("noDeps"),
                json.flag("volumes"),
                json.flag("awaitReady"),
                json.integerOrNull("waitTimeoutSeconds"),
                readExecution(json.object("execution")));
    }
}
