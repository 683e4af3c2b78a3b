package dev.jcompose.images.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Lets only those into a {@link TestRegistry} who show a token of its token server, which is beside it under
 * {@code /token}.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</a>
 */
public final class TokenGate implements TestRegistry.Fault {
    private final Map<String, String> passwords;
    private final String identityToken;
    private final Set<String> open;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** What a token allows, guarded by this. */
    private final Map<String, Token> tokens = new HashMap<>();

    private int issued;
    private int usesEach = Integer.MAX_VALUE;

    private static final class Token {
        private final Set<String> allowed;
        private int uses;

        Token(Set<String> allowed, int uses) {
            this.allowed = allowed;
            this.uses = uses;
        }
    }

    /**
     * Makes one.
     *
     * @param passwords by user
     * @param identityToken what may be shown in place of a password
     * @param open repositories that everybody may pull from
     */
    public TokenGate(Map<String, String> passwords, String identityToken, Set<String> open) {
        this.passwords = Map.copyOf(passwords);
        this.identityToken = identityToken;
        this.open = Set.copyOf(open);
    }

    /** Tokens given from now on are good for so many requests. */
    public synchronized TokenGate tokensExpireAfter(int requests) {
        usesEach = requests;
        return this;
    }

    /** What the token server was asked: {@code METHOD user|- service scope scope...}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized boolean answer(Exchange exchange) {
        if (exchange.path().equals("/token")) {
            give(exchange);
            return true;
        }
        String header = exchange.header("Authorization");
        Token token = header == null ? null : tokens.get(header.replaceFirst("^Bearer ", ""));
        Set<String> needed = needed(exchange);
        if (token != null && token.uses > 0 && token.allowed.containsAll(needed)) {
            token.uses--;
            return false;
        }
        exchange.set(
                "WWW-Authenticate",
                "Bearer realm=\"http://%s/token\",service=\"test registry\"".formatted(exchange.header("Host"))
                        + (token == null ? "" : ",error=\"invalid_token\""));
        TestRegistry.error(exchange, 401, "UNAUTHORIZED", "authentication required");
        return true;
    }

    private static Set<String> needed(Exchange exchange) {
        Set<String> needed = new HashSet<>();
        String[] parts = exchange.path().split("/(manifests|blobs)/");
        if (parts.length > 1) {
            String repository = parts[0].replaceFirst("^/v2/", "");
            boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
            needed.add(repository + ":" + (reads ? "pull" : "push"));
            String other = exchange.parameter("from");
            if (other != null) {
                needed.add(other + ":pull");
            }
        }
        return needed;
    }

    private void give(Exchange exchange) {
        List<String> scopes = new ArrayList<>();
        String user;
        String service;
        if (exchange.method().equals("POST")) {
            QueryStringDecoder form = new QueryStringDecoder(new String(exchange.body(), UTF_8), false);
            Map<String, List<String>> fields = form.parameters();
            scopes.addAll(List.of(first(fields, "scope").split(" ")));
            service = first(fields, "service");
            user = first(fields, "refresh_token").equals(identityToken) ? "identity" : null;
        } else {
            exchange.parameters("scope").forEach(scope -> scopes.addAll(List.of(scope.split(" "))));
            service = String.valueOf(exchange.parameter("service"));
            user = user(exchange.header("Authorization"));
        }
        scopes.remove("");
        asked.add((exchange.method() + " " + (user == null || user.isEmpty() ? "-" : user) + " " + service + " "
                        + String.join(" ", scopes))
                .strip());
        if (user == null) {
            TestRegistry.error(exchange, 401, "UNAUTHORIZED", "incorrect username or password");
            return;
        }
        String name = "token-" + ++issued;
        tokens.put(name, new Token(allowed(user, scopes), usesEach));
        String key = issued % 2 == 0 ? "access_token" : "token";
        exchange.set("Content-Type", "application/json")
                .send(
                        200,
                        "{\"%s\":\"%s\",\"expires_in\":60}".formatted(key, name).getBytes(UTF_8));
    }

    private Set<String> allowed(String user, List<String> scopes) {
        Set<String> allowed = new HashSet<>();
        for (String scope : scopes) {
            String[] parts = scope.split(":");
            for (String action : parts[2].split(",")) {
                if (!user.isEmpty() || (action.equals("pull") && open.contains(parts[1]))) {
                    allowed.add(parts[1] + ":" + action);
                }
            }
        }
        return allowed;
    }

    private static String first(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of("")).get(0);
    }

    /** Empty for nobody, null for somebody who is not known. */
    private @Nullable String user(@Nullable String header) {
        if (header == null) {
            return "";
        }
        String both = new String(Base64.getDecoder().decode(header.replaceFirst("^Basic ", "")), UTF_8);
        int colon = both.indexOf(':');
        String user = both.substring(0, colon);
        return both.substring(colon + 1).equals(passwords.get(user)) ? user : null;
    }
}
