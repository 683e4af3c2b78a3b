package dev.jcompose.images.registry;

import dev.jcompose.images.ImageReference;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A server that has a registry's content.
 *
 * @param registry its own name, by which logins and certificates are found; a mirror has one of its own
 * @param base scheme, host and port; a mirror may have a path
 * @param mirror whether it is asked in place of another one
 */
record Endpoint(String registry, URI base, boolean mirror) {
    private static final String HUB_HOST = "registry-1.docker.io";
    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]", "::1");

    static Endpoint of(String registry, boolean plain) {
        String host = registry.equals(ImageReference.DEFAULT_REGISTRY) ? HUB_HOST : registry;
        return new Endpoint(registry, URI.create((plain ? "http://" : "https://") + host), false);
    }

    /** @throws IllegalArgumentException if it is not an http or https URL with a host */
    static Endpoint mirror(String url) {
        URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("mirror '" + url + "' is not http[s]://HOST[:PORT][/PATH]");
        }
        return new Endpoint(uri.getAuthority(), uri, true);
    }

    boolean isPlain() {
        return "http".equals(base.getScheme());
    }

    /** Whether a registry of this name is on this machine; such ones need no TLS. */
    static boolean isLoopback(String registry) {
        int colon = registry.lastIndexOf(':');
        String host = colon > registry.lastIndexOf(']') ? registry.substring(0, colon) : registry;
        return LOOPBACK.contains(host) || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    URI resolve(String path) {
        return URI.create(base + path);
    }

    /**
     * Where an answer sends to. Passwords and content must not go in the clear because a server says so: only https
     * will do, or http where the server itself is asked by that.
     *
     * @param from what was asked
     * @return empty if it is no such URL
     */
    Optional<URI> follow(URI from, String location) {
        try {
            URI to = from.resolve(location);
            boolean plain = isPlain() && "http".equals(to.getScheme());
            return Optional.of(to).filter(uri -> uri.getHost() != null && (plain || "https".equals(uri.getScheme())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
