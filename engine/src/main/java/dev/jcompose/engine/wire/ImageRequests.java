package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest.Item;
import dev.jcompose.engine.api.PullImagesRequest.Login;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What goes over the wire about images under {@code /compose}. */
public final class ImageRequests {
    private ImageRequests() {}

    /** The body of {@code POST /compose/pull}. */
    public static JsonObject write(PullImagesRequest request) {
        return JsonObject.create()
                .put(
                        "images",
                        request.items().stream()
                                .map(item -> JsonObject.create()
                                        .put("service", item.service())
                                        .put("image", item.image())
                                        .put("platform", item.platform())
                                        .put("policy", item.policy())
                                        .put("buildable", item.buildable()))
                                .toList())
                .put("ignoreFailures", request.ignoreFailures())
                .put("environment", request.environment())
                .put("login", write(request.login()));
    }

    /** What {@link #write(PullImagesRequest)} wrote. */
    public static PullImagesRequest readPull(JsonObject json) {
        return new PullImagesRequest(
                json.objects("images").stream()
                        .map(item -> new Item(
                                item.string("service", ""),
                                item.string("image"),
                                item.stringOrNull("platform"),
                                item.string("policy", "always"),
                                item.flag("buildable")))
                        .toList(),
                json.flag("ignoreFailures"),
                json.stringMap("environment"),
                readLogin(json));
    }

    /** The body of {@code POST /compose/push}. */
    public static JsonObject write(PushImagesRequest request) {
        return JsonObject.create()
                .put("images", request.images())
                .put("ignoreFailures", request.ignoreFailures())
                .put("environment", request.environment())
                .put("login", write(request.login()));
    }

    /** What {@link #write(PushImagesRequest)} wrote. */
    public static PushImagesRequest readPush(JsonObject json) {
        return new PushImagesRequest(
                json.strings("images"), json.flag("ignoreFailures"), json.stringMap("environment"), readLogin(json));
    }

    private static @Nullable Object write(@Nullable Login login) {
        return login == null
                ? null
                : JsonObject.create()
                        .put("username", login.username())
                        .put("password", login.password())
                        .put("identitytoken", login.identityToken())
                        .members();
    }

    private static @Nullable Login readLogin(JsonObject json) {
        return json.has("login") ? readCredentials(json.object("login")) : null;
    }

    /** A login in the words of Docker's {@code X-Registry-Auth}; null if it says nothing. */
    public static @Nullable Login readCredentials(JsonObject json) {
        Login login =
                new Login(json.string("username", ""), json.string("password", ""), json.string("identitytoken", ""));
        return login.username().isEmpty() && login.identityToken().isEmpty() ? null : login;
    }

    /** The body of {@code POST /compose/login}. */
    public static JsonObject write(LoginRequest request) {
        return JsonObject.create()
                .put("registry", request.registry())
                .put("username", request.username())
                .put("password", request.password())
                .put("keep", request.keep())
                .put("environment", request.environment());
    }

    /** What {@link #write(LoginRequest)} wrote. */
    public static LoginRequest readLoginRequest(JsonObject json) {
        return new LoginRequest(
                json.string("registry"),
                json.string("username"),
                json.string("password"),
                json.flag("keep"),
                json.stringMap("environment"));
    }

    /** A line of {@code GET /compose/disk-usage}. */
    public static JsonObject write(DiskUsage usage) {
        return JsonObject.create()
                .put("type", usage.type())
                .put("total", usage.total())
                .put("active", usage.active())
                .put("size", usage.sizeBytes())
                .put("reclaimable", usage.reclaimableBytes())
                .put(
                        "items",
                        usage.items().stream()
                                .map(item -> JsonObject.create()
                                        .put("id", item.id())
                                        .put("names", item.names())
                                        .put("created", item.created().toString())
                                        .put("size", item.sizeBytes())
                                        .put("shared", item.sharedBytes())
                                        .put("users", item.users())
                                        .members())
                                .toList());
    }

    /** What {@link #write(DiskUsage)} wrote. */
    public static DiskUsage readUsage(JsonObject json) {
        return new DiskUsage(
                json.string("type"),
                json.number("total"),
                json.number("active"),
                json.number("size"),
                json.number("reclaimable"),
                json.objects("items").stream()
                        .map(item -> new DiskUsage.Item(
                                item.string("id"),
                                item.strings("names"),
                                Instant.parse(item.string("created")),
                                item.number("size"),
                                item.number("shared"),
                                item.number("users")))
                        .toList());
    }
}
