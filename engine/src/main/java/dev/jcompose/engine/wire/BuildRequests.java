package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.json.JsonObject;
import java.util.Set;

/** The body of {@code POST /compose/build}. */
public final class BuildRequests {
    private BuildRequests() {}

    /** The request as JSON. */
    public static JsonObject write(BuildRequest request) {
        return JsonObject.create()
                .put("project", request.projectJson())
                .put("services", request.services())
                .put("withDependencies", request.withDependencies())
                .put("args", request.args())
                .put("noCache", request.noCache())
                .put("pull", request.pull())
                .put("checkOnly", request.checkOnly())
                .put("memoryBytes", request.memoryBytes())
                .put("ssh", request.ssh())
                .put("environment", request.environment());
    }

    /** What {@link #write} wrote. */
    public static BuildRequest read(JsonObject json) {
        return new BuildRequest(
                json.string("project"),
                Set.copyOf(json.strings("services")),
                json.flag("withDependencies"),
                json.stringMap("args"),
                json.flag("noCache"),
                json.flag("pull"),
                json.flag("checkOnly"),
                json.has("memoryBytes") ? Long.valueOf(json.number("memoryBytes")) : null,
                json.strings("ssh"),
                json.stringMap("environment"));
    }
}
