package dev.jcompose.images.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HTTP clients: one per registry, since each has certificates of its own. */
final class Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, HttpClient> clients = new HashMap<>();
    private final RegistriesFile settings;
    private final Trust trust;
    private final Proxies proxies;

    Transport(RegistryAccess access, RegistriesFile settings, Path certificates) throws IOException {
        this.settings = settings;
        trust = new Trust(certificates, access);
        proxies = Proxies.of(access);
    }

    /**
     * Sends a request. Redirects are answers like others.
     *
     * @param registry whose certificates are right for the server
     */
    HttpResponse<InputStream> send(String registry, HttpRequest request) throws IOException {
        try {
            return client(registry, request.uri()).send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("canceled");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private synchronized HttpClient client(String registry, URI server) throws IOException {
        boolean plain = "http".equals(server.getScheme());
        Optional<Credentials> proxy = proxies.credentials(server);
        String key = (plain ? "" : registry) + (proxy.isPresent() ? " " + proxies.proxy(server) : "");
        HttpClient client = clients.get(key);
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .proxy(proxies);
            if (!plain) {
                builder.sslContext(trust.context(registry, settings.of(registry)));
            }
            proxy.ifPresent(credentials -> builder.authenticator(new ProxyLogin(credentials)));
            client = builder.build();
            clients.put(key, client);
        }
        return client;
    }

    /** Answers to proxies only: what registries want is decided elsewhere. */
    private static final class ProxyLogin extends Authenticator {
        private final Credentials credentials;

        ProxyLogin(Credentials credentials) {
            this.credentials = credentials;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(
                            credentials.username(), credentials.password().toCharArray())
                    : null;
        }
    }
}
