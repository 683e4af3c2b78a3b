package dev.jcompose.images.build;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.Proxies;
import dev.jcompose.images.registry.RegistryAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fetches what {@code ADD} gets from a URL. */
final class RemoteFile {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final Map<String, String> environment;

    /** @param environment says which proxies to take */
    RemoteFile(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Proxies are those of the build's arguments, or else of the caller's environment. */
    static RemoteFile of(BuildSpec spec) {
        Map<String, String> environment = new HashMap<>(spec.environment());
        environment.putAll(spec.args());
        return new RemoteFile(environment);
    }

    static boolean isRemote(String source) {
        return source.startsWith("http://") || source.startsWith("https://") || GitSource.isOne(source);
    }

    /**
     * Fetches a file.
     *
     * @param checksum what its digest must be; empty if that is not known
     * @param destination as written: if it is a directory, the URL must have a file name
     * @param output is given a line about it
     * @throws IllegalArgumentException if the URL or checksum is none
     */
    CopySource fetch(String url, String checksum, String destination, Path target, Consumer<String> output)
            throws IOException {
        URI uri = URI.create(url);
        String name = name(uri, destination);
        Digest expected = checksum.isEmpty() ? null : Digest.parse(checksum);
        HttpResponse<InputStream> response = get(uri, url);
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                throw new IOException("cannot fetch \"%s\": the server answered with status %d"
                        .formatted(url, response.statusCode()));
            }
            Files.copy(body, target);
        }
        verify(url, target, expected);
        output.accept("fetched %s (%d bytes)".formatted(url, Files.size(target)));
        return new CopySource.Remote(name, target, modified(response));
    }

    private static String name(URI uri, String destination) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
            return name;
        }
        if (destination.endsWith("/")) {
            throw new IllegalArgumentException("cannot determine a file name from \"%s\"".formatted(uri));
        }
        return destination.substring(destination.lastIndexOf('/') + 1);
    }

    private HttpResponse<InputStream> get(URI uri, String url) throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT_TIMEOUT);
        client.proxy(Proxies.of(RegistryAccess.of(environment)));
        try {
            return client.build().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("cannot fetch \"%s\": %s".formatted(url, reason(e)), e);
        } catch (InterruptedException e) {
            throw Build.interrupted(e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void verify(String url, Path file, @Nullable Digest expected) throws IOException {
        if (expected == null) {
            return;
        }
        if (!expected.algorithm().equals("sha256")) {
            throw new IllegalArgumentException("checksum \"%s\" is not of sha256".formatted(expected));
        }
        try (InputStream content = Files.newInputStream(file)) {
            Digest actual = Digest.ofStream(content);
            if (!actual.equals(expected)) {
                throw new IOException("digest mismatch of \"%s\": it has %s, not %s".formatted(url, actual, expected));
            }
        }
    }

    private static long modified(HttpResponse<?> response) {
        try {
            return response.headers()
                    .firstValue("last-modified")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toEpochSecond())
                    .orElse(0L);
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
