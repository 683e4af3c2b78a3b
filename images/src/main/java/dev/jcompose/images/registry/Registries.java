package dev.jcompose.images.registry;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registries as one caller sees them: with its logins, proxies and settings. Thread-safe. */
public final class Registries {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final Path CERTIFICATES = Path.of("/etc/docker/certs.d");

    private final RegistriesFile settings;
    private final Transport transport;
    private final DockerConfig config;
    private final Patience patience;
    private final StallGuard guard;
    private final TlsProbe probe;

    /** Reads the settings; asks nobody. */
    public Registries(RegistryAccess access, Patience patience) throws IOException {
        this(access, patience, CERTIFICATES);
    }

    Registries(RegistryAccess access, Patience patience, Path certificates) throws IOException {
        this.patience = patience;
        guard = new StallGuard(patience.stall());
        probe = new TlsProbe(PROBE_TIMEOUT);
        settings = RegistriesFile.read(access);
        transport = new Transport(access, settings, certificates);
        config = new DockerConfig(access);
    }

    /** The logins that are kept. */
    public DockerConfig logins() {
        return config;
    }

    /**
     * Where an image can be had from, in the order in which to try: mirrors, then the registry itself.
     *
     * @param credentials for the registry itself; null for the login that is kept
     */
    public List<RegistryClient> sources(ImageReference reference, @Nullable Credentials credentials)
            throws IOException {
        List<RegistryClient> sources = new ArrayList<>();
        for (String mirror : settings.of(reference.registry()).mirrors()) {
            try {
                sources.add(new RegistryClient(caller(Endpoint.mirror(mirror), config::find), reference));
            } catch (IllegalArgumentException e) {
                throw new IOException("registry '" + reference.registry() + "': " + e.getMessage(), e);
            }
        }
        sources.add(origin(reference, credentials));
        return sources;
    }

    /** The registry itself. */
    public RegistryClient origin(ImageReference reference, @Nullable Credentials credentials) throws IOException {
        Authorization.Logins kept = registry -> registry.equals(reference.registry())
                ? config.find(registry, reference.repository())
                : config.find(registry);
        Authorization.Logins logins = credentials == null ? kept : registry -> Optional.of(credentials);
        return new RegistryClient(caller(endpoint(reference.registry()), logins), reference);
    }

    /**
     * Tries a login.
     *
     * @throws RegistryException if it is not accepted
     */
    public void checkLogin(String registry, Credentials credentials) throws IOException {
        Caller caller = caller(endpoint(registry), any -> Optional.of(credentials));
        Caller.Call call =
                Caller.Call.get("login to '" + registry + "'", caller.endpoint().resolve("/v2/"), List.of());
        HttpResponse<InputStream> response = caller.send(call);
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new RegistryException(
                    Kind.DENIED,
                    "login to '%s' as '%s' was not accepted: wrong user name or password"
                            .formatted(registry, credentials.username()));
        }
        if (response.statusCode() != 200) {
            throw caller.refused(call, response);
        }
        response.body().close();
    }

    private Caller caller(Endpoint endpoint, Authorization.Logins logins) {
        return new Caller(transport, new Authorization(transport, logins), endpoint, patience, guard);
    }

    /** A registry on this machine is asked over http; one that is called insecure, too, unless it speaks TLS. */
    private Endpoint endpoint(String registry) {
        boolean insecure = settings.of(registry).insecure();
        boolean named = settings.settings().containsKey(registry);
        boolean plain = Endpoint.isLoopback(registry) ? insecure || !named : insecure;
        return Endpoint.of(registry, plain && !speaksTls(registry));
    }

    private boolean speaksTls(String registry) {
        Endpoint secure = Endpoint.of(registry, false);
        return transport.isProxied(secure.base()) ? answers(secure) : probe.speaksTls(registry);
    }

    /** Only the proxy can find out. */
    private boolean answers(Endpoint secure) {
        HttpRequest request = HttpRequest.newBuilder(secure.resolve("/v2/"))
                .timeout(PROBE_TIMEOUT)
                .build();
        try (InputStream body = transport.send(secure.registry(), request).body()) {
            return body != null;
        } catch (IOException e) {
            return false;
        }
    }
}
