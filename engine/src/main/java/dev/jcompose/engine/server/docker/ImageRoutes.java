package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.server.http.Router;
import dev.jcompose.engine.wire.ImageListings;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The table of what is under {@code /images}. */
final class ImageRoutes {
    private final ImageOperations images;
    private final Clock clock;

    private ImageRoutes(ImageOperations images, Clock clock) {
        this.images = images;
        this.clock = clock;
    }

    static Router.Builder add(Router.Builder routes, ImageOperations images, Clock clock) {
        ImageRoutes all = new ImageRoutes(images, clock);
        RegistryRoutes registry = new RegistryRoutes(images);
        return routes.route("GET", "/images/json", all::list)
                .route("POST", "/images/load", new ImageLoad(images))
                .route("POST", "/images/create", registry::pull)
                .route("POST", "/images/prune", all::prune)
                .route("GET", "/images/get", all::save)
                .route("GET", "/images/{name...}/json", all::inspect)
                .route("GET", "/images/{name...}/history", all::history)
                .route("GET", "/images/{name...}/get", all::save)
                .route("POST", "/images/{name...}/tag", all::tag)
                .route("POST", "/images/{name...}/push", registry::push)
                .route("DELETE", "/images/{name...}", all::remove)
                .route("GET", "/distribution/{name...}/json", registry::distribution)
                .route("POST", "/auth", registry::login);
    }

    private void list(Exchange exchange) {
        exchange.respond(200, images.list().stream().map(ImageListings::write).toList());
    }

    private void inspect(Exchange exchange) {
        exchange.respond(
                200,
                JsonObject.parse(images.inspect(exchange.parameter("name"))).members());
    }

    private void history(Exchange exchange) {
        exchange.respond(
                200,
                images.history(exchange.parameter("name")).stream()
                        .map(ImageListings::write)
                        .toList());
    }

    private void save(Exchange exchange) throws IOException {
        List<String> names = exchange.queries("names");
        List<String> wanted = names.isEmpty() ? List.of(exchange.parameter("name")) : names;
        // An error must not come after the head of a good answer.
        wanted.forEach(images::inspect);
        images.save(wanted, exchange.stream("application/x-tar"));
    }

    private void tag(Exchange exchange) {
        String tag = exchange.query("tag").orElse("");
        String repository = exchange.query("repo").orElse("");
        images.tag(exchange.parameter("name"), tag.isEmpty() ? repository : repository + ":" + tag);
        exchange.respondEmpty(201);
    }

    private void remove(Exchange exchange) {
        exchange.respond(
                200, ImageListings.write(images.remove(exchange.parameter("name"), exchange.queryFlag("force"))));
    }

    /** Filters as Docker has them: {@code dangling}, {@code label}, {@code until}. */
    private void prune(Exchange exchange) {
        Map<String, List<String>> filters =
                Filters.lists(exchange.query("filters").orElse(""));
        List<String> dangling = filters.getOrDefault("dangling", List.of());
        List<String> until = filters.getOrDefault("until", List.of());
        RemovedImages removed = images.prune(new PruneImagesRequest(
                dangling.stream().anyMatch(value -> value.equals("0") || value.equalsIgnoreCase("false")),
                filters.getOrDefault("label", List.of()),
                until.isEmpty() ? null : Filters.instant(until.get(0), clock.instant())));
        exchange.respond(
                200,
                JsonObject.create()
                        .put("ImagesDeleted", ImageListings.write(removed))
                        .put("SpaceReclaimed", removed.reclaimedBytes()));
    }
}
