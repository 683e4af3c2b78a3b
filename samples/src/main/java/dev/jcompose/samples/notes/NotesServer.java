package dev.jcompose.samples.notes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves {@code GET /} (the page), {@code POST /notes} (the form's field {@code text} becomes a note) and {@code GET
 * /health} (200 if the notes can be read, 503 if not).
 */
final class NotesServer implements AutoCloseable {
    /** The longest note, in characters of UTF-16. */
    static final int MAX_CHARACTERS = 1000;

    /** Enough for the longest note when each character takes three bytes of UTF-8, which the form writes as nine. */
    private static final int MAX_BODY_BYTES = 9 * MAX_CHARACTERS + 100;

    private static final int THREADS = 8;

    private final Notes notes;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

    /** Listens at once, on all addresses; port 0 takes a free one. */
    NotesServer(Notes notes, int port) throws IOException {
        this.notes = notes;
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, "GET", "/", this::page));
        server.createContext("/notes", exchange -> answer(exchange, "POST", "/notes", this::add));
        server.createContext("/health", exchange -> answer(exchange, "GET", "/health", this::health));
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

    /** Answers one request, unless the database fails first; the exchange is closed afterwards. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, SQLException;
    }

    private static void answer(HttpExchange exchange, String method, String path, Answer answer) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                send(exchange, 404, "text/plain", "there is no such page\n");
            } else if (!exchange.getRequestMethod().equals(method)) {
                exchange.getResponseHeaders().set("Allow", method);
                send(exchange, 405, "text/plain", "this takes " + method + "\n");
            } else {
                orUnavailable(exchange, answer);
            }
        }
    }

    private static void orUnavailable(HttpExchange exchange, Answer answer) throws IOException {
        try {
            answer.to(exchange);
        } catch (SQLException e) {
            System.err.println(exchange.getRequestURI() + ": " + e.getMessage());
            send(exchange, 503, "text/plain", "the database does not answer\n");
        }
    }

    private void page(HttpExchange exchange) throws IOException, SQLException {
        send(exchange, 200, "text/html", Page.of(notes.latest()));
    }

    private void add(HttpExchange exchange) throws IOException, SQLException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        String text = new Form(new String(body, UTF_8)).field("text").orElse("").strip();
        // PostgreSQL has no zero bytes in text.
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            send(exchange, 400, "text/plain", "the field \"text\" is missing, empty or not text\n");
        } else if (body.length > MAX_BODY_BYTES || text.length() > MAX_CHARACTERS) {
            send(exchange, 413, "text/plain", "a note has at most " + MAX_CHARACTERS + " characters\n");
        } else {
            notes.add(text);
            // 303: the browser gets the page, and loading it again does not post again.
            exchange.getResponseHeaders().set("Location", "/");
            exchange.sendResponseHeaders(303, -1);
        }
    }

    private void health(HttpExchange exchange) throws IOException, SQLException {
        notes.check();
        send(exchange, 200, "text/plain", "ok\n");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
