package dev.jcompose.engine.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The table of endpoints. Any version prefix ({@code /v1.44}) is accepted and ignored. */
public final class Router {
    private static final String WIDE = "...}";
    private static final Pattern VERSION = Pattern.compile("^/v\\d+\\.\\d+(?=/)");

    private final List<Route> routes;

    private Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /**
     * A line of the table; a segment in braces matches anything and becomes a parameter, {@code {name...}} any number
     * of segments, but at least one.
     */
    private record Route(String method, List<String> segments, Endpoint endpoint) {}

    /**
     * What answers a request.
     *
     * @param parameters what the segments in braces matched, by their names
     */
    public record Match(Endpoint endpoint, Map<String, String> parameters) {}

    /** A builder without lines. */
    public static Builder builder() {
        return new Builder();
    }

    /** What answers that path; {@code HEAD} goes where {@code GET} goes. */
    public Optional<Match> find(String method, String path) {
        List<String> segments = segments(VERSION.matcher(path).replaceFirst(""));
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Route route : routes) {
            if (route.method().equals(wanted)) {
                Optional<Map<String, String>> parameters = match(route.segments(), segments);
                if (parameters.isPresent()) {
                    return Optional.of(new Match(route.endpoint(), parameters.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> match(List<String> pattern, List<String> segments) {
        int more = segments.size() - pattern.size();
        boolean wide = pattern.stream().anyMatch(segment -> segment.endsWith(WIDE));
        if (more < 0 || (more > 0 && !wide)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        int at = 0;
        for (String expected : pattern) {
            int width = expected.endsWith(WIDE) ? 1 + more : 1;
            String actual = String.join("/", segments.subList(at, at + width));
            at += width;
            if (expected.endsWith(WIDE)) {
                parameters.put(expected.substring(1, expected.length() - WIDE.length()), actual);
            } else if (expected.startsWith("{")) {
                parameters.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** Collects lines. */
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();

        private Builder() {}

        /** Adds a line, for example {@code GET /containers/{id}/json}. */
        public Builder route(String method, String path, Endpoint endpoint) {
            routes.add(new Route(method, segments(path), endpoint));
            return this;
        }

        public Router build() {
            return new Router(routes);
        }
    }
}
