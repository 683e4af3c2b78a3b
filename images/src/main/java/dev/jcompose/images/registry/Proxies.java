package dev.jcompose.images.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proxies as the environment names them: {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY}, and
 * {@code NO_PROXY}: names (with all below them), addresses, networks in CIDR form, each with or without a port, or
 * {@code *}; in lower or upper case. This machine is never asked through a proxy.
 *
 * @see <a href="https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config">the rules that Docker follows</a>
 */
public final class Proxies extends ProxySelector {
    private final @Nullable URI plain;
    private final @Nullable URI secure;
    private final List<String> exceptions;

    private Proxies(@Nullable URI plain, @Nullable URI secure, List<String> exceptions) {
        this.plain = plain;
        this.secure = secure;
        this.exceptions = exceptions;
    }

    /** @throws IOException naming the variable that is no proxy's URL */
    public static Proxies of(RegistryAccess access) throws IOException {
        String exceptions = either(access, "NO_PROXY").orElse("");
        return new Proxies(
                proxy(access, "HTTP_PROXY"),
                proxy(access, "HTTPS_PROXY"),
                List.of(exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+")));
    }

    private static Optional<String> either(RegistryAccess access, String name) {
        return access.variable(name).or(() -> access.variable(name.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable URI proxy(RegistryAccess access, String name) throws IOException {
        Optional<String> value = either(access, name).or(() -> either(access, "ALL_PROXY"));
        if (value.isEmpty()) {
            return null;
        }
        String text = value.get();
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && "http".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(name + " '" + text + "' is not http://HOST[:PORT]", e);
        }
        throw new IOException(name + " '" + text + "' is not http://HOST[:PORT]");
    }

    /** The proxy for a server; null to ask it directly. */
    @Nullable
    URI proxy(URI server) {
        URI proxy = "https".equals(server.getScheme()) ? secure : plain;
        return proxy == null || isException(server) ? null : proxy;
    }

    /** Name and password of the proxy for a server, as the URL of the proxy has them. */
    Optional<Credentials> credentials(URI server) {
        URI proxy = proxy(server);
        if (proxy == null || proxy.getUserInfo() == null) {
            return Optional.empty();
        }
        String[] parts = proxy.getUserInfo().split(":", 2);
        return Optional.of(Credentials.of(parts[0], parts.length < 2 ? "" : parts[1]));
    }

    @Override
    public List<Proxy> select(URI server) {
        URI proxy = proxy(server);
        return List.of(
                proxy == null
                        ? Proxy.NO_PROXY
                        : new Proxy(
                                Proxy.Type.HTTP,
                                InetSocketAddress.createUnresolved(
                                        proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())));
    }

    @Override
    public void connectFailed(URI server, SocketAddress address, IOException why) {
        // There is one proxy, and the request fails.
    }

    private boolean isException(URI server) {
        String host = server.getHost().toLowerCase(Locale.ROOT);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.endsWith(".localhost") || Endpoint.isLoopback(host)) {
            return true;
        }
        int port = server.getPort() >= 0 ? server.getPort() : "https".equals(server.getScheme()) ? 443 : 80;
        return exceptions.stream().anyMatch(exception -> matches(exception, bare, port));
    }

    private static boolean matches(String exception, String host, int port) {
        if (exception.isEmpty()) {
            return false;
        }
        if (exception.equals("*")) {
            return true;
        }
        int slash = exception.indexOf('/');
        if (slash > 0) {
            return isInside(exception.substring(0, slash), exception.substring(slash + 1), host);
        }
        String name = exception;
        int colon = exception.lastIndexOf(':');
        if (colon > 0 && exception.indexOf(':') == colon) {
            if (!exception.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = exception.substring(0, colon);
        }
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isInside(String network, String bits, String host) {
        if (!host.matches("[0-9a-f.:]+") || !network.matches("[0-9a-f.:]+") || !bits.matches("[0-9]{1,3}")) {
            return false;
        }
        try {
            byte[] base = InetAddress.getByName(network).getAddress();
            byte[] address = InetAddress.getByName(host).getAddress();
            int prefix = Integer.parseInt(bits);
            if (base.length != address.length || prefix > base.length * 8) {
                return false;
            }
            for (int i = 0; i < prefix; i++) {
                int mask = 0x80 >> i % 8;
                if ((base[i / 8] & mask) != (address[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
