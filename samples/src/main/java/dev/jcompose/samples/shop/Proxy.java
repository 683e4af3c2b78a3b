package dev.jcompose.samples.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hands requests on. A line of the file {@code ROUTES_FILE} is a path and where requests below it go, as in
 * {@code /orders http://orders:8080}.
 */
final class Proxy {
    private final WebClient client = new WebClient();
    private final Path routes;

    Proxy(Settings settings) {
        this.routes = Path.of(settings.environment().getOrDefault("ROUTES_FILE", "/etc/proxy/routes"));
    }

    Map<String, Endpoint> endpoints() throws IOException {
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        for (String line : Files.readAllLines(routes)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 2) {
                endpoints.put(
                        words[0], request -> client.ask(request.method(), words[1] + request.uri(), request.body()));
            }
        }
        return endpoints;
    }
}
