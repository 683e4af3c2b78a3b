package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.json.JsonObject;
import java.util.Set;

/** The body of {@code POST /compose/logs}. */
public final class LogsQuery {
    private LogsQuery() {}

    /** The request as JSON. */
    public static JsonObject write(LogsRequest request) {
        return JsonObject.create()
                .put("project", request.project())
                .put("services", request.services())
                .put("follow", request.follow())
                .put("tail", request.tail())
                .put("since", request.since())
                .put("until", request.until())
                .put("index", request.index());
    }

    /** What {@link #write} wrote. */
    public static LogsRequest read(JsonObject json) {
        return new LogsRequest(
                json.string("project"),
                Set.copyOf(json.strings("services")),
                json.flag("follow"),
                json.integerOrNull("tail"),
                json.instantOrNull("since"),
                json.instantOrNull("until"),
                json.integerOrNull("index"));
    }
}
