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
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The HTTP clients: one per registry, since each has certificates of its own. */
final class Transport {
    private static final int PROXY_LOGIN = 407;
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

    /** Whether a server is asked through a proxy. */
    boolean isProxied(URI server) {
        return proxies.proxy(server) != null;
    }

    /**
     * Sends a request. Redirects are answers like others.
     *
     * @param registry whose certificates are right for the server
     */
    HttpResponse<InputStream> send(String registry, HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response =
                    client(registry, request.uri()).send(request, HttpResponse.BodyHandlers.ofInputStream());
            // Of a tunnel that was refused there is no body.
            if (response.statusCode() == PROXY_LOGIN) {
                throw Explanations.proxyRefused(registry, String.valueOf(proxies.proxy(request.uri())));
            }
            return response;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("too many authentication attempts")) {
                throw Explanations.proxyRefused(registry, String.valueOf(proxies.proxy(request.uri())));
            }
            throw e;
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
                builder.sslContext(context(registry));
            }
            proxy.ifPresent(credentials -> builder.authenticator(new ProxyLogin(credentials)));
            client = builder.build();
            clients.put(key, client);
        }
        return client;
    }

    private SSLContext context(String registry) throws IOException {
        try {
            return trust.context(registry, settings.of(registry));
        } catch (IOException e) {
            // It is said at once: a second attempt would find the same files.
            throw new RegistryException(
                    RegistryException.Kind.UNAVAILABLE,
                    "cannot use the certificates for registry '%s': %s".formatted(registry, e.getMessage()),
                    e);
        }
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
