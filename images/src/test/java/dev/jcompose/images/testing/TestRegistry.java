package dev.jcompose.images.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.registry.ManifestDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A registry on loopback that serves what it is given, and misbehaves as it is told. */
public final class TestRegistry implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile("/v2/(.+)/(manifests|blobs)/(.+)");

    private final TestServer server;
    private final String host;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, ManifestDocument> manifests = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable Fault gate;

    /** Answers a request in place of the registry; says whether it did. */
    @FunctionalInterface
    public interface Fault {
        boolean answer(Exchange exchange) throws IOException;
    }

    public TestRegistry() {
        this(InetAddress.getLoopbackAddress());
    }

    /** At an address of this machine. */
    public TestRegistry(InetAddress address) {
        server = new TestServer(address, this::handle);
        host = address.getHostAddress();
    }

    /** For references. */
    public String name() {
        return host + ":" + server.port();
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

    /** Lets every request through, or answers it. */
    public TestRegistry gate(Fault answer) {
        gate = answer;
        return this;
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

    /** What was pushed or given under a tag. */
    public @Nullable ManifestDocument manifest(String repository, String tag) {
        return manifests.get(repository + "/" + tag);
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

    /** From now on it behaves. */
    public void clearFaults() {
        faults.clear();
    }

    public static String path(Descriptor blob) {
        return "/blobs/" + blob.digest();
    }

    /** A status with a header and nothing else. */
    public static Fault status(int status, String... header) {
        return exchange -> {
            if (header.length == 2) {
                exchange.set(header[0], header[1]);
            }
            exchange.begin(status, 0);
            return true;
        };
    }

    /** The beginning of a blob, then the end of the connection. */
    public Fault cutAfter(int bytes) {
        return exchange -> {
            byte[] content = blobs.getOrDefault(digest(exchange), new byte[0]);
            int from = begin(exchange, content);
            exchange.write(content, from, Math.min(bytes, content.length - from));
            return true;
        };
    }

    private static String digest(Exchange exchange) {
        return exchange.path().substring(exchange.path().lastIndexOf('/') + 1);
    }

    /** Sends the head for a blob or a part of it; says where that begins. */
    private static int begin(Exchange exchange, byte[] content) {
        String range = exchange.header("Range");
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from > 0) {
            exchange.set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.begin(from > 0 ? 206 : 200, content.length - from);
        return from;
    }

    private void handle(Exchange exchange) throws IOException {
        String path = exchange.path();
        String range = exchange.header("Range");
        String login = exchange.header("Authorization");
        requests.add(exchange.method() + " " + path + (range == null ? "" : " " + range)
                + (login == null ? "" : " " + login));
        Fault closed = gate;
        if (closed != null && closed.answer(exchange)) {
            return;
        }
        for (Map.Entry<String, Queue<Fault>> entry : faults.entrySet()) {
            if (path.endsWith(entry.getKey())) {
                Fault fault = entry.getValue().poll();
                if (fault != null && fault.answer(exchange)) {
                    return;
                }
            }
        }
        serve(exchange);
    }

    private void serve(Exchange exchange) {
        Matcher path = PATH.matcher(exchange.path());
        if (!path.matches()) {
            exchange.begin(200, 0);
        } else if (exchange.method().equals("POST")) {
            boolean mounted = blobs.containsKey(String.valueOf(exchange.parameter("mount")));
            exchange.set("Location", exchange.path() + "1").begin(mounted ? 201 : 202, 0);
        } else if (exchange.method().equals("PUT")) {
            take(exchange, path);
        } else if (path.group(2).equals("manifests")) {
            ManifestDocument document = manifests.get(path.group(1) + "/" + path.group(3));
            if (document == null) {
                error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
            } else {
                exchange.set("Content-Type", document.mediaType())
                        .set("Docker-Content-Digest", document.digest().toString())
                        .send(200, document.content());
            }
        } else {
            byte[] content = blobs.get(path.group(3));
            if (content == null) {
                error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
            } else {
                int from = begin(exchange, content);
                if (!exchange.method().equals("HEAD")) {
                    exchange.write(content, from, content.length - from);
                }
            }
        }
    }

    private void take(Exchange exchange, Matcher path) {
        byte[] content = exchange.body();
        if (path.group(2).equals("manifests")) {
            manifest(path.group(1), path.group(3), String.valueOf(exchange.header("Content-Type")), content);
        } else if (!Digest.ofBytes(content).toString().equals(exchange.parameter("digest"))) {
            error(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
            return;
        } else {
            blob(content);
        }
        exchange.begin(201, 0);
    }

    /** An error as registries word it. */
    public static void error(Exchange exchange, int status, String code, String message) {
        exchange.send(
                status,
                "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
                        .formatted(code, message)
                        .getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.close();
    }
}
