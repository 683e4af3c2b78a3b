package dev.jcompose.samples.shop;

import dev.jcompose.samples.shop.Endpoint.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what happened: {@code POST /} a line, {@code GET /} all. */
final class Journal {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Map<String, Endpoint> endpoints() {
        return Map.of("/", request -> {
            if (request.method().equals("POST")) {
                lines.add(request.body());
                System.out.println(request.body());
                return Answer.none(204);
            }
            return Answer.text(String.join("\n", lines) + "\n");
        });
    }
}
