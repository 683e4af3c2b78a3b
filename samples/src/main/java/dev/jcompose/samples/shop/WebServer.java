package dev.jcompose.samples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jcompose.samples.shop.Endpoint.Answer;
import dev.jcompose.samples.shop.Endpoint.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves endpoints over HTTP, and {@code /health}, which says 200 as soon as it can be asked. */
final class WebServer implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

    /** Listens at once, on all addresses; port 0 takes a free one. */
    WebServer(int port, Map<String, Endpoint> endpoints) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(executor);
        server.createContext("/health", exchange -> handle(exchange, request -> Answer.text("ok\n")));
        endpoints.forEach((path, endpoint) -> server.createContext(path, exchange -> handle(exchange, endpoint)));
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdown();
    }

    private static void handle(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), UTF_8);
            Answer answer;
            try {
                answer = endpoint.answer(new Request(exchange.getRequestMethod(), exchange.getRequestURI(), body));
            } catch (Exception e) {
                System.err.println(exchange.getRequestURI() + ": " + e);
                answer = new Answer(502, "text/plain", "a service behind this one does not answer\n");
            }
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type() + "; charset=utf-8");
            // A connection for each request: so the replicas of a service take turns.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
