package dev.jcompose.engine.server.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest.Item;
import dev.jcompose.engine.api.PullImagesRequest.Login;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.json.JsonFormatException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.ImageRequests;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Docker's API has for registries. Its clients know nothing of our ways in, so the images's own are taken. */
final class RegistryRoutes {
    private static final String AUTH = "X-Registry-Auth";

    private final ImageOperations images;

    RegistryRoutes(ImageOperations images) {
        this.images = images;
    }

    /** {@code POST /images/create}: pulls. */
    void pull(Exchange exchange) throws IOException {
        String image = exchange.query("fromImage").orElse("");
        String tag = exchange.query("tag").orElse("");
        if (image.isEmpty()) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "the query has no \"fromImage\": importing is not supported");
        }
        String reference = tag.isEmpty() ? image : image + (tag.contains(":") ? "@" : ":") + tag;
        String platform = exchange.query("platform").orElse("");
        PullImagesRequest request = new PullImagesRequest(
                List.of(new Item("", reference, platform.isEmpty() ? null : platform, "always", false)),
                false,
                Map.of(),
                credentials(exchange));
        answer(exchange, "Status: Downloaded newer image for " + reference, out -> images.pull(request, out));
    }

    /** {@code POST /images/{name}/push}. */
    void push(Exchange exchange) throws IOException {
        String tag = exchange.query("tag").orElse("");
        String reference = exchange.parameter("name") + (tag.isEmpty() ? "" : ":" + tag);
        PushImagesRequest request = new PushImagesRequest(List.of(reference), false, Map.of(), credentials(exchange));
        answer(exchange, "Pushed " + reference, out -> images.push(request, out));
    }

    /** {@code GET /distribution/{name}/json}: what a registry has. */
    void distribution(Exchange exchange) {
        String digest = images.resolve(exchange.parameter("name"), Map.of());
        exchange.respond(
                200,
                JsonObject.create()
                        .put(
                                "Descriptor",
                                JsonObject.create().put("digest", digest).members())
                        .put("Platforms", List.of()));
    }

    /** {@code POST /auth}: Docker's command keeps the login itself, so here it is only tried. */
    void login(Exchange exchange) throws IOException {
        JsonObject body = exchange.json();
        String registry = body.string("serveraddress", "");
        images.login(new LoginRequest(
                registry.isEmpty() || registry.contains("index.docker.io") ? "docker.io" : registry,
                body.string("username", ""),
                body.string("password", ""),
                false,
                Map.of()));
        exchange.respond(
                200, JsonObject.create().put("Status", "Login Succeeded").put("IdentityToken", ""));
    }

    @FunctionalInterface
    private interface Transfer {
        void run(EventListener listener);
    }

    /** A line of JSON for each step, as Docker's clients show them; an error is the last one. */
    private static void answer(Exchange exchange, String last, Transfer transfer) throws IOException {
        OutputStream out = exchange.stream("application/json");
        try {
            transfer.run(event -> write(out, line(event)));
            write(out, JsonObject.create().put("status", last));
        } catch (EngineException e) {
            String message = String.valueOf(e.getMessage());
            write(
                    out,
                    JsonObject.create()
                            .put(
                                    "errorDetail",
                                    JsonObject.create().put("message", message).members())
                            .put("error", message));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static JsonObject line(Event event) {
        JsonObject line = JsonObject.create().put("status", event.action());
        Map<String, String> attributes = event.attributes();
        if (attributes.containsKey(ImageOperations.LAYER)) {
            long total = Long.parseLong(attributes.getOrDefault(ImageOperations.TOTAL, "0"));
            JsonObject detail = JsonObject.create();
            if (total > 0) {
                detail.put("current", Long.valueOf(attributes.getOrDefault(ImageOperations.CURRENT, "0")))
                        .put("total", total);
            }
            line.put("progressDetail", detail.members()).put("id", attributes.get(ImageOperations.LAYER));
        } else {
            line.put("id", event.name());
        }
        return line;
    }

    private static void write(OutputStream out, JsonObject line) {
        try {
            out.write((line + "\r\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Login credentials(Exchange exchange) {
        String header = exchange.header(AUTH).orElse("");
        if (header.isEmpty()) {
            return null;
        }
        try {
            String json = new String(Base64.getUrlDecoder().decode(header.replaceAll("=+$", "")), UTF_8);
            return ImageRequests.readCredentials(JsonObject.parse(json));
        } catch (IllegalArgumentException | JsonFormatException e) {
            throw new EngineException(EngineException.Kind.INVALID, AUTH + " is not JSON in base64url", e);
        }
    }
}
