package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Finds out whether a server that need not speak TLS does: asked in plain HTTP, one that does says "bad request" or
 * something that is not HTTP at all.
 */
final class TlsProbe {
    private static final int HTTP = 80;
    private static final Pattern PLAIN = Pattern.compile("HTTP/1\\.[01] (?!400).*");
    private static final int STATUS_LINE_BYTES = 12;

    private final Duration timeout;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    TlsProbe(Duration timeout) {
        this.timeout = timeout;
    }

    /** Also false if nobody answers: the request itself will say so. */
    boolean speaksTls(String registry) {
        return known.computeIfAbsent(registry, this::probe);
    }

    private boolean probe(String registry) {
        int colon = registry.lastIndexOf(':');
        boolean hasPort = colon > registry.lastIndexOf(']');
        String host = hasPort ? registry.substring(0, colon) : registry;
        int port = hasPort ? Integer.parseInt(registry.substring(colon + 1)) : HTTP;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            socket.getOutputStream()
                    .write(("GET /v2/ HTTP/1.0\r\nHost: " + registry + "\r\n\r\n").getBytes(ISO_8859_1));
            byte[] answer = socket.getInputStream().readNBytes(STATUS_LINE_BYTES);
            return !PLAIN.matcher(new String(answer, ISO_8859_1)).matches();
        } catch (IOException e) {
            return false;
        }
    }
}
