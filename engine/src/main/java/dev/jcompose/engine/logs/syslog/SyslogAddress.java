package dev.jcompose.engine.logs.syslog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a syslog server listens.
 *
 * @param scheme {@code udp}, {@code tcp}, {@code tcp+tls}, {@code unix} (a stream) or {@code unixgram}
 * @param target a host's name or address, or a socket's path
 * @param port of a host; 0 for a path
 */
public record SyslogAddress(String scheme, String target, int port) {
    /** The machine's own: whatever listens at {@code /dev/log}. */
    public static final SyslogAddress LOCAL = new SyslogAddress("unixgram", "/dev/log", 0);

    private static final String SECURE = "tcp+tls";
    private static final int DEFAULT_PORT = 514;
    private static final int MAX_PORT = 65535;

    /**
     * Parses {@code tcp://host:port}, {@code tcp+tls://host:port}, {@code udp://host:port}, {@code unix:///path} or
     * {@code unixgram:///path}; the port is 514 unless said otherwise.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static SyslogAddress parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return LOCAL;
        }
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (Set.of("unix", "unixgram").contains(scheme)) {
            String path = uri.getPath();
            if (path == null || !path.startsWith("/")) {
                throw new IllegalArgumentException("syslog-address \"" + text + "\" has no absolute path");
            }
            return new SyslogAddress(scheme, path, 0);
        }
        if (!Set.of("udp", "tcp", SECURE).contains(scheme)) {
            throw new IllegalArgumentException(
                    "syslog-address \"" + text + "\" is not tcp://, tcp+tls://, udp://, unix:// or unixgram://");
        }
        String host = uri.getHost();
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        if (host == null || port == 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("syslog-address \"" + text + "\" is not " + scheme + "://host:port");
        }
        boolean literal = host.startsWith("[") && host.endsWith("]");
        return new SyslogAddress(scheme, literal ? host.substring(1, host.length() - 1) : host, port);
    }

    /** Whether lines go there over TLS. */
    boolean isSecure() {
        return scheme.equals(SECURE);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("syslog-address \"" + text + "\" is not scheme://host:port", e);
        }
    }

    @Override
    public String toString() {
        String host = target.indexOf(':') < 0 ? target : "[" + target + "]";
        return scheme + "://" + (port == 0 ? target : host + ":" + port);
    }
}
