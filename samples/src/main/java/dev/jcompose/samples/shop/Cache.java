package dev.jcompose.samples.shop;

import dev.jcompose.samples.shop.Endpoint.Answer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps texts in memory: {@code PUT /KEY}, {@code GET /KEY}, {@code DELETE /KEY}. */
final class Cache {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    Map<String, Endpoint> endpoints() {
        return Map.of("/", request -> switch (request.method()) {
            case "PUT" -> {
                values.put(request.path(), request.body());
                yield Answer.none(204);
            }
            case "DELETE" -> Answer.none(values.remove(request.path()) == null ? 404 : 204);
            default -> {
                String value = values.get(request.path());
                yield value == null ? Answer.none(404) : Answer.text(value);
            }
        });
    }
}
