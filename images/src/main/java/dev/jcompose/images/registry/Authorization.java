package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is sent in the Authorization header, found out once per registry and scope: nothing, name and password, or a
 * token that a token server gave for them (or for nothing).
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</a>
 */
final class Authorization {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_TOKEN_BYTES = 1 << 20;
    private static final String CLIENT = "jcompose";

    private final Transport transport;
    private final Logins logins;

    /** By registry and scopes. */
    private final Map<Key, String> headers = new ConcurrentHashMap<>();

    /** Finds the login to a registry. */
    @FunctionalInterface
    interface Logins {
        Optional<Credentials> find(String registry) throws IOException;
    }

    private record Key(String registry, List<String> scopes) {}

    Authorization(Transport transport, Logins logins) {
        this.transport = transport;
        this.logins = logins;
    }

    /** What was found out before; null if nothing. */
    @Nullable
    String header(Endpoint endpoint, List<String> scopes) {
        return headers.get(new Key(endpoint.registry(), scopes));
    }

    /**
     * Finds out what to send, after the registry has said what it wants.
     *
     * @return null if there is nothing better than what was sent
     */
    @Nullable
    String answer(Endpoint endpoint, List<String> scopes, List<Challenge> challenges, @Nullable String sent)
            throws IOException {
        String header = null;
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                header = "Bearer " + token(endpoint, scopes, challenge);
                break;
            }
            if (challenge.scheme().equals("basic")) {
                header =
                        logins.find(endpoint.registry()).map(Credentials::basic).orElse(null);
            }
        }
        if (header == null || header.equals(sent)) {
            return null;
        }
        headers.put(new Key(endpoint.registry(), scopes), header);
        return header;
    }

    private String token(Endpoint endpoint, List<String> scopes, Challenge challenge) throws IOException {
        URI realm = realm(endpoint, challenge);
        List<String> all = new ArrayList<>(scopes);
        if (all.isEmpty() && !challenge.parameter("scope").isEmpty()) {
            all.add(challenge.parameter("scope"));
        }
        Optional<Credentials> login = logins.find(endpoint.registry());
        HttpRequest request = login.isPresent() && !login.get().identityToken().isEmpty()
                ? refresh(realm, challenge.parameter("service"), all, login.get())
                : get(realm, challenge.parameter("service"), all, login);
        HttpResponse<InputStream> response;
        try {
            response = transport.send(endpoint.registry(), request);
        } catch (IOException e) {
            throw Explanations.unreachable(endpoint.registry(), realm, e);
        }
        try (InputStream body = response.body()) {
            byte[] answer = body.readNBytes(MAX_TOKEN_BYTES);
            if (response.statusCode() != 200) {
                throw Explanations.tokenRefused(endpoint.registry(), login, response, answer);
            }
            JsonNode json = JsonMapper.shared().readTree(answer);
            String token = json.path("token").asString(json.path("access_token").asString(""));
            if (token.isEmpty()) {
                throw new RegistryException(
                        RegistryException.Kind.DAMAGED,
                        "token server '%s' of registry '%s' gave no token".formatted(realm, endpoint.registry()));
            }
            return token;
        } catch (JacksonException e) {
            throw new RegistryException(
                    RegistryException.Kind.DAMAGED,
                    "token server '%s' of registry '%s' did not answer in JSON".formatted(realm, endpoint.registry()),
                    e);
        }
    }

    private static URI realm(Endpoint endpoint, Challenge challenge) throws IOException {
        String realm = challenge.parameter("realm");
        return endpoint.follow(endpoint.base(), realm)
                .orElseThrow(() -> new RegistryException(
                        RegistryException.Kind.DAMAGED,
                        "registry '%s' names the token server '%s', which is not an https URL"
                                .formatted(endpoint.registry(), realm)));
    }

    private static HttpRequest get(URI realm, String service, List<String> scopes, Optional<Credentials> login) {
        StringBuilder query = new StringBuilder(realm.getRawQuery() == null ? "?" : "&");
        if (!service.isEmpty()) {
            query.append("service=").append(encoded(service)).append('&');
        }
        scopes.forEach(scope -> query.append("scope=").append(encoded(scope)).append('&'));
        login.ifPresent(user ->
                query.append("account=").append(encoded(user.username())).append('&'));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm + query.substring(0, query.length() - 1)))
                .timeout(TIMEOUT);
        login.ifPresent(user -> request.header("Authorization", user.basic()));
        return request.build();
    }

    private static HttpRequest refresh(URI realm, String service, List<String> scopes, Credentials login) {
        String form = "grant_type=refresh_token&client_id=%s&service=%s&scope=%s&refresh_token=%s"
                .formatted(CLIENT, encoded(service), encoded(String.join(" ", scopes)), encoded(login.identityToken()));
        return HttpRequest.newBuilder(realm)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
