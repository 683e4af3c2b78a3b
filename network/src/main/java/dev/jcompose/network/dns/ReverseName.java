package dev.jcompose.network.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The names that stand for addresses: {@code 2.0.20.172.in-addr.arpa}, and nibbles under {@code ip6.arpa}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-3.5">RFC 1035, 3.5</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3596#section-2.5">RFC 3596, 2.5</a>
 */
final class ReverseName {
    private static final String V4 = ".in-addr.arpa";
    private static final String V6 = ".ip6.arpa";

    private ReverseName() {}

    /** The address that {@code name}, in lower case, stands for; null if it stands for none. */
    static @Nullable InetAddress parse(String name) {
        if (name.endsWith(V4)) {
            return parse(name.substring(0, name.length() - V4.length()), 4, 10, 255);
        }
        if (name.endsWith(V6)) {
            return parse(name.substring(0, name.length() - V6.length()), 32, 16, 15);
        }
        return null;
    }

    private static @Nullable InetAddress parse(String reversed, int count, int radix, int max) {
        String[] parts = reversed.split("\\.", -1);
        if (parts.length != count) {
            return null;
        }
        byte[] address = new byte[count == 4 ? 4 : 16];
        for (int i = 0; i < count; i++) {
            int value = number(parts[count - 1 - i], radix, max);
            if (value < 0) {
                return null;
            }
            if (count == 4) {
                address[i] = (byte) value;
            } else {
                address[i / 2] |= (byte) (i % 2 == 0 ? value << 4 : value);
            }
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int number(String digits, int radix, int max) {
        if (digits.isEmpty() || digits.length() > 3 || digits.charAt(0) == '+' || digits.charAt(0) == '-') {
            return -1;
        }
        try {
            int value = Integer.parseInt(digits, radix);
            return value <= max ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
