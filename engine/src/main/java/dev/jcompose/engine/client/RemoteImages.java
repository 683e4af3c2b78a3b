package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.ImageListings;
import dev.jcompose.engine.wire.ImageRequests;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The engine's images, by Docker's endpoints where it has one. */
final class RemoteImages implements ImageOperations {
    private final Requester requester;

    RemoteImages(Requester requester) {
        this.requester = requester;
    }

    @Override
    public List<ImageSummary> list() {
        return requester.ask(
                "GET",
                "/images/json",
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(ImageListings::readImage)
                        .toList());
    }

    @Override
    public List<String> load(InputStream tar) {
        return requester.askWithStream("POST", "/images/load", tar, response -> {
            List<String> names = new ArrayList<>();
            for (String line : response.text().lines().toList()) {
                String text = JsonObject.parse(line).string("stream", "").strip();
                int colon = text.indexOf(": ");
                names.add(text.substring(colon + 2));
            }
            return names;
        });
    }

    @Override
    public void save(List<String> names, OutputStream out) {
        String query = names.stream().map(name -> "names=" + encoded(name)).collect(Collectors.joining("&"));
        requester.ask("GET", "/images/get?" + query, null, response -> {
            response.body().transferTo(out);
            out.flush();
            return Optional.empty();
        });
    }

    @Override
    public String inspect(String image) {
        return requester.ask("GET", path(image) + "/json", null, Response::text);
    }

    @Override
    public List<ImageHistoryStep> history(String image) {
        return requester.ask(
                "GET",
                path(image) + "/history",
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(ImageListings::readStep)
                        .toList());
    }

    @Override
    public void tag(String image, String name) {
        requester.ask("POST", path(image) + "/tag?repo=" + encoded(name), null, response -> Optional.empty());
    }

    @Override
    public RemovedImages remove(String image, boolean force) {
        return requester.ask(
                "DELETE",
                path(image) + "?force=" + (force ? 1 : 0),
                null,
                response -> ImageListings.readRemoved(JsonObject.parseAll(response.text()), 0));
    }

    @Override
    public RemovedImages prune(PruneImagesRequest request) {
        JsonObject filters = JsonObject.create()
                .put("dangling", List.of(Boolean.toString(!request.all())))
                .put("label", request.labels());
        if (request.until() != null) {
            filters.put("until", List.of(request.until().toString()));
        }
        return requester.ask("POST", "/images/prune?filters=" + encoded(filters.toString()), null, response -> {
            JsonObject json = JsonObject.parse(response.text());
            return ImageListings.readRemoved(json.objects("ImagesDeleted"), json.number("SpaceReclaimed"));
        });
    }

    @Override
    public List<DiskUsage> diskUsage() {
        return requester.ask(
                "GET",
                "/compose/disk-usage",
                null,
                response -> JsonObject.parseAll(response.text()).stream()
                        .map(ImageRequests::readUsage)
                        .toList());
    }

    @Override
    public void pull(PullImagesRequest request, EventListener listener) {
        requester.operate("/compose/pull", ImageRequests.write(request), listener);
    }

    @Override
    public void push(PushImagesRequest request, EventListener listener) {
        requester.operate("/compose/push", ImageRequests.write(request), listener);
    }

    @Override
    public String resolve(String reference, Map<String, String> environment) {
        JsonObject body = JsonObject.create().put("image", reference).put("environment", environment);
        return requester.ask(
                "POST",
                "/compose/resolve",
                body,
                response -> JsonObject.parse(response.text()).string("digest"));
    }

    @Override
    public String login(LoginRequest request) {
        return requester.ask(
                "POST",
                "/compose/login",
                ImageRequests.write(request),
                response -> JsonObject.parse(response.text()).string("file"));
    }

    @Override
    public boolean logout(String registry, Map<String, String> environment) {
        JsonObject body = JsonObject.create().put("registry", registry).put("environment", environment);
        return requester.ask(
                "POST",
                "/compose/logout",
                body,
                response -> JsonObject.parse(response.text()).flag("there"));
    }

    /** The slashes of a reference stay: the engine takes all segments. */
    private static String path(String image) {
        return "/images/"
                + encoded(image).replace("%2F", "/").replace("%3A", ":").replace("%40", "@");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
