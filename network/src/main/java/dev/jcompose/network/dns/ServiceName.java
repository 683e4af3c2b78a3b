package dev.jcompose.network.dns;

import org.jspecify.annotations.Nullable;

/**
 * The name of a port of a service: {@code _http._tcp.web}, with a port's name or its number.
 *
 * @param port without its underscore
 * @param protocol without its underscore
 * @param host the rest
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2782">RFC 2782</a>
 */
record ServiceName(String port, String protocol, String host) {

    /** Takes a name apart; null for one of another form. */
    static @Nullable ServiceName parse(String name) {
        int first = name.indexOf('.');
        int second = name.indexOf('.', first + 1);
        if (second < 0 || !name.startsWith("_") || name.charAt(first + 1) != '_') {
            return null;
        }
        return new ServiceName(name.substring(1, first), name.substring(first + 2, second), name.substring(second + 1));
    }
}
