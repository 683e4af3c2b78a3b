package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code POST /images/load}: the body is a tar; the answer says what was loaded. */
final class ImageLoad implements Endpoint {
    private final ImageOperations images;

    ImageLoad(ImageOperations images) {
        this.images = images;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        List<String> names = images.load(exchange.body());
        OutputStream out = exchange.stream("application/json");
        for (String name : names) {
            String word = name.startsWith("sha256:") ? "Loaded image ID: " : "Loaded image: ";
            JsonObject line = JsonObject.create().put("stream", word + name + "\n");
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
