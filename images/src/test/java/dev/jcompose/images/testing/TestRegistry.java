package dev.jcompose.images.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.registry.ManifestDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry on loopback that serves what it is given, and misbehaves as it is told. */
public final class TestRegistry implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, ManifestDocument> manifests = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers a request in place of the registry; says whether it did. */
    @FunctionalInterface
    public interface Fault {
        boolean answer(HttpExchange exchange) throws IOException;
    }

    public TestRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** For references. */
    public String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked, {@code METHOD /path [Range] [Authorization]}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How often a path that ends like that was asked for with GET. */
    public long gets(String end) {
        return requests.stream()
                .filter(request -> request.startsWith("GET "))
                .filter(request -> request.split(" ")[1].endsWith(end))
                .count();
    }

    public TestRegistry blob(byte[] content) {
        blobs.put(Digest.ofBytes(content).toString(), content);
        return this;
    }

    /** Content under the digest of other content. */
    public TestRegistry blobAs(Digest digest, byte[] content) {
        blobs.put(digest.toString(), content);
        return this;
    }

    public TestRegistry manifest(String repository, String tag, String type, byte[] content) {
        ManifestDocument document = new ManifestDocument(Digest.ofBytes(content), type, content);
        manifests.put(repository + "/" + tag, document);
        manifests.put(repository + "/" + Digest.ofBytes(content), document);
        return this;
    }

    /** A whole image. */
    public TestRegistry image(String repository, String tag, ImageTar image) {
        image.layers().forEach(this::blob);
        blob(image.config());
        return manifest(repository, tag, MediaType.OCI_MANIFEST, image.manifestBytes());
    }

    /** The next request whose path ends like that is answered by {@code fault}; further ones of the same end queue. */
    public TestRegistry fault(String end, Fault fault) {
        faults.computeIfAbsent(end, any -> new ConcurrentLinkedQueue<>()).add(fault);
        return this;
    }

    public static String path(Descriptor blob) {
        return "/blobs/" + blob.digest();
    }

    /** A status with a header and nothing else. */
    public static Fault status(int status, String... header) {
        return exchange -> {
            if (header.length == 2) {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
            exchange.sendResponseHeaders(status, -1);
            return true;
        };
    }

    /** The beginning of a blob, then the end of the connection. */
    public Fault cutAfter(int bytes) {
        return exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] content = blobs.getOrDefault(path.substring(path.lastIndexOf('/') + 1), new byte[0]);
            int from = rangeStart(exchange);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
            OutputStream out = exchange.getResponseBody();
            out.write(content, from, Math.min(bytes, content.length - from));
            out.flush();
            return true;
        };
    }

    private static int rangeStart(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        String login = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range)
                + (login == null ? "" : " " + login));
        try (exchange) {
            for (Map.Entry<String, Queue<Fault>> entry : faults.entrySet()) {
                if (path.endsWith(entry.getKey())) {
                    Fault fault = entry.getValue().poll();
                    if (fault != null && fault.answer(exchange)) {
                        return;
                    }
                }
            }
            serve(exchange, path);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        String end = path.substring(path.lastIndexOf('/') + 1);
        ArrayDeque<String> parts = new ArrayDeque<>(List.of(path.split("/")));
        boolean manifest = path.contains("/manifests/");
        if (manifest) {
            parts.removeLast();
            parts.removeLast();
            parts.removeFirst();
            parts.removeFirst();
            ManifestDocument document = manifests.get(String.join("/", parts) + "/" + end);
            if (document == null) {
                error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
            } else {
                exchange.getResponseHeaders().add("Content-Type", document.mediaType());
                exchange.getResponseHeaders()
                        .add("Docker-Content-Digest", document.digest().toString());
                send(exchange, 200, document.content(), 0);
            }
            return;
        }
        byte[] content = blobs.get(end);
        if (content == null) {
            error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        int from = rangeStart(exchange);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        send(exchange, from > 0 ? 206 : 200, content, from);
    }

    /** An error as registries word it. */
    public static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        send(
                exchange,
                status,
                "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
                        .formatted(code, message)
                        .getBytes(UTF_8),
                0);
    }

    private static void send(HttpExchange exchange, int status, byte[] content, int from) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : Math.max(content.length - from, 1));
        if (!head) {
            exchange.getResponseBody().write(content, from, content.length - from);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
